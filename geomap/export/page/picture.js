// ---- the picture: the map as it is in sight, drawn again on a canvas, and below it legend, title and sources
function picture(map) {
  const size = map.getSize(), canvas = make("canvas"), pen = canvas.getContext("2d");
  const foot = footer(pen, size.x);
  const scale = Math.min(2, Math.sqrt(16e6 / (size.x * (size.y + foot.height))));  // what phones can hold
  canvas.width = Math.round(size.x * scale);
  canvas.height = Math.round((size.y + foot.height) * scale);
  pen.scale(scale, scale);
  pen.fillStyle = tone("--sea");
  pen.fillRect(0, 0, size.x, size.y);
  pen.save();
  pen.beginPath();
  pen.rect(0, 0, size.x, size.y);
  pen.clip();
  panes(pen, map, scale);
  const frame = map.getContainer().getBoundingClientRect();
  for (const one of map.getContainer().querySelectorAll(".edges span")) letter(pen, one, frame, "--sea");
  for (const one of map.getContainer().querySelectorAll(".leaflet-control-scale-line")) {
    border(pen, one, frame);
    letter(pen, one, frame);
  }
  pen.restore();
  pen.translate(0, size.y);
  foot.draw(scale);
  return canvas;
}
const tone = (name) => getComputedStyle(root).getPropertyValue(name).trim();

function panes(pen, map, scale) {
  const all = map.getPanes(), frame = map.getContainer().getBoundingClientRect(), moved = L.DomUtil.getPosition(all.mapPane);
  const drawn = [...all.mapPane.children].filter((pane) => pane !== all.popupPane && pane !== all.tooltipPane);
  drawn.sort((one, other) => getComputedStyle(one).zIndex - getComputedStyle(other).zIndex);
  for (const pane of drawn) {
    for (const child of pane.children) {
      if (child.tagName === "svg") {
        pen.save();
        pen.translate(moved.x, moved.y);
        for (const path of child.querySelectorAll("path")) trace(pen, path, 1, scale);
        pen.restore();
      } else if (child.matches(".mark")) {
        symbolOn(pen, child.querySelector("svg"), frame, scale);
        if (child.querySelector(".count")) letter(pen, child.querySelector(".count"), frame);
      }
      else if (child.matches(".label")) lettered(pen, child.firstElementChild, frame);
    }
  }
}
// A path of the page with its computed style; the pen is where the path's own zero is.
function trace(pen, path, opacity, scale) {
  const look = getComputedStyle(path), form = new Path2D(path.getAttribute("d"));
  const area = () => {
    if (look.fill === "none") return;
    const hatch = /#(hatch-[\w-]+)/.exec(look.fill);
    pen.fillStyle = hatch ? hatching(pen, hatch[1], scale) : look.fill;
    pen.globalAlpha = opacity * look.opacity * look.fillOpacity;
    pen.fill(form, path.getAttribute("fill-rule") || "nonzero");
  };
  const line = () => {
    const width = parseFloat(look.strokeWidth);
    if (look.stroke === "none" || !width) return;
    const dashes = look.strokeDasharray === "none" ? [] : look.strokeDasharray.split(/[\s,]+/).map(parseFloat);
    pen.setLineDash(dashes);
    Object.assign(pen, {strokeStyle: look.stroke, lineWidth: width, lineCap: look.strokeLinecap, lineJoin: look.strokeLinejoin});
    pen.globalAlpha = opacity * look.opacity * look.strokeOpacity;
    if (look.filter.startsWith("drop-shadow")) Object.assign(pen, {shadowColor: look.stroke, shadowBlur: 10 * scale});
    pen.stroke(form);
    pen.shadowColor = "transparent";
  };
  pen.save();
  for (const step of look.paintOrder.startsWith("stroke") ? [line, area] : [area, line]) step();
  pen.restore();
}
function hatching(pen, id, scale) {
  const tile = make("canvas"), ink = tile.getContext("2d"), side = Math.round(7 * scale);
  tile.width = tile.height = side;
  ink.scale(side / 7, side / 7);
  ink.fillStyle = getComputedStyle(document.getElementById(id)).color;
  ink.globalAlpha = 0.24;
  ink.fillRect(0, 0, 7, 7);
  ink.globalAlpha = 0.6;
  ink.fillRect(2.85, 0, 1.3, 7);
  const pattern = pen.createPattern(tile, "repeat");
  pattern.setTransform(new DOMMatrix().rotate(45).scale(7 / side));
  return pattern;
}
// A symbol of 20 by 20 where the page has it.
function symbolOn(pen, drawing, frame, scale) {
  const box = drawing.getBoundingClientRect();
  pen.save();
  pen.translate(box.left - frame.left, box.top - frame.top);
  pen.scale(box.width / 20, box.height / 20);
  for (const path of drawing.children) trace(pen, path, getComputedStyle(drawing.closest(".mark")).opacity, scale);
  pen.restore();
}
function lettered(pen, node, frame) {
  if (!node || getComputedStyle(node).visibility === "hidden") return;
  if (node.matches(".measure")) border(pen, node, frame);
  letter(pen, node, frame, node.matches(".measure") ? undefined : "--halo");
}
function border(pen, node, frame) {
  const box = node.getBoundingClientRect(), look = getComputedStyle(node), x = box.left - frame.left, y = box.top - frame.top;
  const round = Math.min(parseFloat(look.borderTopLeftRadius) || 0, box.height / 2);
  pen.save();
  pen.beginPath();
  if (round) {
    pen.roundRect(x, y, box.width, box.height, round);
    Object.assign(pen, {fillStyle: look.backgroundColor, strokeStyle: look.borderTopColor, lineWidth: parseFloat(look.borderTopWidth)});
    pen.fill();
    pen.stroke();
  } else {
    const [top, right, bottom, left] = ["Top", "Right", "Bottom", "Left"].map((side) => parseFloat(look[`border${side}Width`]));
    pen.fillStyle = look.borderBottomColor;
    pen.fillRect(x, y, box.width, top);
    pen.fillRect(x + box.width - right, y, right, box.height);
    pen.fillRect(x, y + box.height - bottom, box.width, bottom);
    pen.fillRect(x, y, left, box.height);
  }
  pen.restore();
}
// The text of a node word by word, each where the page has broken it to.
function letter(pen, node, frame, halo) {
  const look = getComputedStyle(node), first = getComputedStyle(node, "::first-line");
  const range = document.createRange(), walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT), words = [];
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    for (const {0: word, index} of text.data.matchAll(/\S+/gu)) {
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      const pieces = range.getClientRects().length > 1 ? broken(range, text, index, word) : [[word, range.getBoundingClientRect()]];
      words.push(...pieces);
    }
  }
  const top = Math.min(...words.map(([, box]) => box.top));
  pen.save();
  Object.assign(pen, {textBaseline: "alphabetic", lineJoin: "round", lineWidth: 3.5});
  for (const stroke of halo ? [true, false] : [false]) {
    for (const [word, box] of words) {
      const style = box.top < top + 3 && node.matches(".l-hazard,.l-hazard-doubtful,.l-hazard-cancelled") ? first : look;
      pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
      if ("letterSpacing" in pen) pen.letterSpacing = style.letterSpacing === "normal" ? "0px" : style.letterSpacing;
      const said = style.textTransform === "uppercase" ? word.toUpperCase() : word;
      const {fontBoundingBoxAscent: up, fontBoundingBoxDescent: down} = pen.measureText(said);
      const x = box.left - frame.left, y = box.top - frame.top + (box.height - up - down) / 2 + up;
      pen.fillStyle = style.color;
      pen.strokeStyle = halo ? look.getPropertyValue(halo).trim() : "";
      stroke ? pen.strokeText(said, x, y) : pen.fillText(said, x, y);
    }
  }
  pen.restore();
}
// A word that had to be broken: what of it stands on each line.
function broken(range, text, index, word) {
  const pieces = [];
  let at = index;
  for (const sign of word) {
    range.setStart(text, at);
    range.setEnd(text, at += sign.length);
    const box = range.getBoundingClientRect(), last = pieces[pieces.length - 1];
    if (last && Math.abs(last[1].top - box.top) < 2) last[0] += sign;
    else pieces.push([sign, box]);
  }
  return pieces;
}

// What stands below the map: it is measured first, then drawn.
function footer(pen, width) {
  const edge = 18, inner = width - 2 * edge, steps = [], family = getComputedStyle(document.body).fontFamily;
  const text = (selector) => [...document.querySelectorAll(selector)].map((one) => one.textContent.trim()).filter(Boolean);
  const logo = document.querySelector(".head .logo"), shown = logo && logo.complete && logo.naturalHeight ? logo : null;
  const aside = shown ? Math.min(160, 40 * shown.naturalWidth / shown.naturalHeight) + 16 : 0;
  let y = 14;
  const write = (said, size, weight, colour, room, high) => {
    const font = `${weight} ${size}px ${family}`;
    pen.font = font;
    for (const line of wrapped(pen, said, room)) {
      const at = y += high;
      steps.push(() => { Object.assign(pen, {font, fillStyle: tone(colour)}); pen.fillText(line, edge, at); });
    }
  };
  write(text(".head h1")[0] || "", 19, 700, "--ink", inner - aside, 23);
  const chosen = document.querySelector("#when"), time = more.chosen ? more.chosen() : chosen && +chosen.value ? text(".when output")[0] : "";
  write([...text(".head p"), ...time ? [fill(t.shown_time, {time})] : []].join(" · "), 13, 400, "--soft", inner - aside, 19);
  if (shown) steps.push(() => pen.drawImage(shown, width - edge - aside + 16, 16, aside - 16, (aside - 16) * shown.naturalHeight / shown.naturalWidth));
  if (shown) y = Math.max(y, 52);
  y += 12;
  y = entries(pen, steps, {edge, inner, family, from: y});
  y += 4;
  write(`${t.sources}: ${text(".credits li").join(" · ")} · ${t.made_with}`, 10.5, 400, "--soft", inner, 14);
  const height = Math.ceil(y + 14);
  return {height, draw: (scale) => {
    pen.fillStyle = tone("--paper");
    pen.fillRect(0, 0, width, height);
    pen.fillStyle = tone("--accent");
    pen.fillRect(0, 0, width, 3);
    pen.textBaseline = "alphabetic";
    for (const step of steps) step(scale);
  }};
}
// The legend's entries that are switched on, in columns.
function entries(pen, steps, {edge, inner, family, from}) {
  const font = `400 12px ${family}`, count = Math.max(1, Math.floor(inner / 230)), wide = inner / count;
  const found = [...document.querySelectorAll(".legend label")].filter((one) => one.querySelector("input").checked);
  pen.font = font;
  const told = found.map((one) => ({drawing: one.querySelector("svg"), lines: wrapped(pen, one.textContent.trim(), wide - 56)}));
  const room = (one) => one.lines.length * 15 + 6, each = told.reduce((sum, one) => sum + room(one), 0) / count;
  let column = 0, y = from, lowest = from;
  for (const {drawing, lines} of told) {
    if (column < count - 1 && y - from >= each) { column += 1; y = from; }
    const x = edge + column * wide, top = y;
    steps.push((scale) => {
      pen.save();
      pen.translate(x, top);
      swatched(pen, drawing, scale);
      pen.restore();
      Object.assign(pen, {font, fillStyle: tone("--ink")});
      lines.forEach((line, i) => pen.fillText(line, x + 40, top + 13 + 15 * i));
    });
    y += room({lines});
    lowest = Math.max(lowest, y);
  }
  return lowest;
}
function swatched(pen, drawing, scale) {
  const inner = drawing.querySelector("svg");
  if (!inner) { for (const path of drawing.children) trace(pen, path, 1, scale); return; }
  pen.translate(inner.x.baseVal.value, inner.y.baseVal.value);
  pen.scale(inner.width.baseVal.value / 20, inner.height.baseVal.value / 20);
  for (const path of inner.children) trace(pen, path, getComputedStyle(drawing).opacity, scale);
}
function wrapped(pen, text, room) {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    for (const piece of pen.measureText(word).width > room ? word : [word]) {  // a word longer than a line: sign by sign
      const last = lines[lines.length - 1], joined = last && piece === word ? `${last} ${piece}` : last + piece;
      if (last && pen.measureText(joined).width > room) lines.push(piece);
      else lines[lines.length - 1] = joined;
    }
  }
  return lines;
}
