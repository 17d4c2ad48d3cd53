// A page dropped anywhere on the form becomes its file and is sent at once.
const form = document.querySelector("form.adding");
const file = document.getElementById("file");
const stop = (event) => { event.preventDefault(); form.classList.toggle("over", event.type === "dragover"); };
form.addEventListener("dragover", stop);
form.addEventListener("dragleave", stop);
form.addEventListener("drop", (event) => {
  stop(event);
  if (event.dataTransfer.files.length) {
    file.files = event.dataTransfer.files;
    form.requestSubmit();
  }
});
