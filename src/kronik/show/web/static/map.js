// Draws the places and journeys of #map on a world map; runs again when HTMX puts a new one there.
import { feature, geoNaturalEarth1, geoPath, select, zoom, zoomIdentity } from "/static/vendor/d3-and-topojson.js";

const WIDTH = 960;
const HEIGHT = 500;
let world = null;

async function draw() {
  const place = document.getElementById("map");
  if (!place || place.dataset.done) return;
  place.dataset.done = "yes";
  world ??= fetch("/static/vendor/countries-110m.json").then((answer) => answer.json());
  const atlas = await world;
  const { spots, journeys } = JSON.parse(place.dataset.drawn);
  const projection = geoNaturalEarth1().fitExtent([[4, 4], [WIDTH - 4, HEIGHT - 4]], { type: "Sphere" });
  const path = geoPath(projection);
  const svg = select(place).append("svg")
    .attr("viewBox", `0 0 ${WIDTH} ${HEIGHT}`).attr("role", "group").attr("aria-label", place.dataset.label);
  const layer = svg.append("g");
  layer.append("g").attr("aria-hidden", "true").selectAll("path")
    .data(feature(atlas, atlas.objects.countries).features).join("path").attr("class", "land").attr("d", path);
  layer.append("g").selectAll("path").data(journeys).join("path").attr("class", (one, at) => `leg leg-${at % 6}`)
    .attr("d", (one) => path({ type: "LineString", coordinates: one.stops }))
    .append("title").text((one) => one.who);
  const most = Math.max(1, ...spots.map((spot) => spot.count));
  const size = (spot) => 3.5 + 13 * Math.sqrt(spot.count / most);
  const links = layer.append("g").selectAll("a").data(spots).join("a")
    .attr("href", (spot) => spot.address)
    .attr("aria-label", (spot) => `${spot.name}: ${spot.count}`)
    .attr("transform", (spot) => `translate(${projection([spot.longitude, spot.latitude])})`);
  const circles = links.append("circle").attr("class", "spot").attr("r", size);
  links.append("title").text((spot) => `${spot.name}: ${spot.count}`);

  const zooming = zoom().scaleExtent([1, 24]).translateExtent([[0, 0], [WIDTH, HEIGHT]])
    .filter((event) => event.type !== "wheel" || event.ctrlKey) // the page scrolls; with Ctrl the map zooms
    .on("zoom", ({ transform }) => {
      layer.attr("transform", transform);
      circles.attr("r", (spot) => size(spot) / transform.k ** 0.85);
    });
  svg.call(zooming);
  const tools = select(place).append("div").attr("class", "picture-tools");
  const tool = (sign, label, act) =>
    tools.append("button").attr("type", "button").attr("aria-label", label).attr("title", label).text(sign).on("click", act);
  tool("+", place.dataset.near, () => zooming.scaleBy(svg, 1.8));
  tool("−", place.dataset.far, () => zooming.scaleBy(svg, 1 / 1.8));
  tool("◯", place.dataset.whole, () => svg.call(zooming.transform, zoomIdentity));

  // look at where the entries are, not at the whole world
  if (spots.length) {
    const points = spots.slice(0, 60).map((spot) => projection([spot.longitude, spot.latitude]));
    const xs = points.map((point) => point[0]);
    const ys = points.map((point) => point[1]);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const scale = Math.min(6, Math.max(1, 0.8 / Math.max((right - left) / WIDTH, (bottom - top) / HEIGHT, 0.01)));
    svg.call(zooming.transform, zoomIdentity.translate(WIDTH / 2, HEIGHT / 2).scale(scale)
      .translate(-(left + right) / 2, -(top + bottom) / 2));
  }
  place.dataset.drawnAt = "yes";
}

draw();
document.addEventListener("htmx:afterSettle", draw);
