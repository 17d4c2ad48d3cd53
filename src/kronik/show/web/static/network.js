// Lays the network of #network out and draws it; runs again when HTMX puts a new one there.
import {
  forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, select, zoom,
} from "/static/vendor/d3-and-topojson.js";

const WIDTH = 960;
const HEIGHT = 620;
const STEPS = 260;
const STRETCH = 1.7; // names are wide: room beside, not above
const NARROW = 640; // pixels: a telephone
const LEAST_SCALE = 0.85; // smaller, names cannot be read

function draw() {
  const place = document.getElementById("network");
  if (!place || place.dataset.done) return;
  place.dataset.done = "yes";
  const { nodes, links } = JSON.parse(place.dataset.drawn);
  const weights = new Map(nodes.map((node) => [node.id, 0]));
  for (const link of links) {
    weights.set(link.source, weights.get(link.source) + link.count);
    weights.set(link.target, weights.get(link.target) + link.count);
  }
  const most = Math.max(1, ...weights.values());
  const widest = Math.max(1, ...links.map((link) => link.count));
  const size = (node) => 4 + 12 * Math.sqrt(weights.get(node.id) / most);

  const layout = forceSimulation(nodes)
    .force("link", forceLink(links).id((node) => node.id).distance(85).strength(0.5))
    .force("push", forceManyBody().strength(-240).distanceMax(420))
    .force("room", forceCollide((node) => size(node) + 14))
    .force("x", forceX(WIDTH / 2).strength(0.06)).force("y", forceY(HEIGHT / 2).strength(0.1)).stop();
  layout.tick(STEPS);
  for (const node of nodes) node.x *= STRETCH;

  const xs = nodes.map((node) => node.x);
  const ends = nodes.map((node) => node.x + 24 + 6.6 * node.label.length); // where the labels end
  const ys = nodes.map((node) => node.y);
  const [left, right, top, bottom] = nodes.length
    ? [Math.min(...xs) - 30, Math.max(...ends), Math.min(...ys) - 30, Math.max(...ys) + 30] : [0, WIDTH, 0, 60];
  const whole = place.clientWidth / (right - left);
  // On a telephone, whoever has most in the middle: the rest is a drag away.
  const near = nodes.length && place.clientWidth < NARROW && whole < LEAST_SCALE;
  const middle = nodes.reduce((one, other) => (weights.get(other.id) > weights.get(one.id) ? other : one), nodes[0]);
  const width = near ? place.clientWidth / LEAST_SCALE : right - left;
  const height = near ? Math.min(bottom - top, 1.3 * width) : bottom - top;
  const svg = select(place).append("svg")
    .attr("viewBox", near ? `${middle.x - 0.4 * width} ${middle.y - height / 2} ${width} ${height}`
      : `${left} ${top} ${width} ${height}`)
    .attr("role", "group").attr("aria-label", place.dataset.label);
  const layer = svg.append("g");
  const lines = layer.append("g").selectAll("line").data(links).join("line")
    .attr("class", (link) => `link ${link.family}`)
    .attr("stroke-width", (link) => 1 + 5 * Math.sqrt(link.count / widest))
    .attr("x1", (link) => link.source.x).attr("y1", (link) => link.source.y)
    .attr("x2", (link) => link.target.x).attr("y2", (link) => link.target.y);
  lines.append("title").text((link) => `${link.source.label} – ${link.target.label}: ${link.count}`);
  const dots = layer.append("g").selectAll("a").data(nodes).join("a")
    .attr("class", "node").attr("href", (node) => node.address)
    .attr("transform", (node) => `translate(${node.x},${node.y})`);
  dots.append("circle").attr("r", size);
  dots.append("text").attr("x", (node) => size(node) + 3).attr("y", 4).text((node) => node.label);

  const around = (node) => new Set(links.filter((link) => link.source === node || link.target === node)
    .flatMap((link) => [link.source, link.target]));
  const show = (event, node) => {
    const linked = around(node);
    dots.classed("dim", (other) => other !== node && !linked.has(other));
    lines.classed("dim", (link) => link.source !== node && link.target !== node);
  };
  const clear = () => { dots.classed("dim", false); lines.classed("dim", false); };
  dots.on("mouseenter", show).on("focus", show).on("mouseleave", clear).on("blur", clear);
  svg.call(zoom().scaleExtent([Math.min(0.5, whole / LEAST_SCALE), 8]).filter((event) => event.type !== "wheel" || event.ctrlKey)
    .on("zoom", ({ transform }) => layer.attr("transform", transform)));
  place.dataset.drawnAt = "yes";
}

draw();
document.addEventListener("htmx:afterSettle", draw);
