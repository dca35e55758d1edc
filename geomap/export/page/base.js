// What the folium elements of the page call. All text reaches the page with textContent; nothing is ever parsed as HTML
// but swatches and icons, which are made of constants.
const scene = JSON.parse(document.getElementById("scene").textContent);
const marks = new Map(), labels = [], about = new Map(), timed = [];
const t = scene.words, root = document.documentElement;
const more = {};  // what some pages have besides
let home, keyed = false, drawEdges = () => {};

const make = (tag, text, className) => {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  if (className) node.className = className;
  return node;
};
const escaped = (text) => { const node = make("i", text); return node.innerHTML; };
const narrow = () => matchMedia("(max-width:820px)").matches;
const fill = (text, values) => text.replace(/\{([a-z_]+)\}/g, (gap, key) => Object.hasOwn(values, key) ? values[key] : gap);

// A page that is framed in another one: made so, or asked for by its address.
const asked = () => location.hash === "#embed";
const framed = root.classList.contains("embed");
if (asked()) root.classList.add("embed");
const embedded = framed || asked();
addEventListener("hashchange", () => { if ((framed || asked()) !== embedded) location.reload(); });

// What was done is said aloud.
const status = make("div", undefined, "hidden");
status.setAttribute("role", "status");
document.body.append(status);
const say = (text) => { status.textContent = ""; setTimeout(() => { status.textContent = text; }, 50); };
