// Taking the view away: a link, a picture, files made by the server from the same address.
import { need } from "../dom";
import { t } from "../messages";
import { colour, type View } from "./network";
import type { Picture } from "./picture";
import type { Store } from "./state";

const MARGIN = 24;

/** Wire the menu; addresses of files follow the view. */
export function wireSave(store: Store, view: View, picture: () => Picture, tell: (text: string) => void): void {
  const menu = need<HTMLDetailsElement>("#take");
  const aim = (): void => {
    for (const link of menu.querySelectorAll<HTMLAnchorElement>("a[data-export]")) {
      const query = store.query();
      query.set("lang", document.documentElement.lang);
      query.set("as_of", store.state.day);
      link.href = `/explore/export.${link.dataset["export"]}?${query.toString()}`;
    }
  };
  menu.addEventListener("toggle", aim);
  store.watch(aim);
  aim();
  menu.addEventListener("keydown", (event) => { if (event.key === "Escape") { menu.open = false; need<HTMLElement>("summary", menu).focus(); } });
  document.addEventListener("click", (event) => { if (!menu.contains(event.target as Element)) menu.open = false; });
  need("#copy-link").addEventListener("click", () => {
    menu.open = false;
    copy(location.href).then(() => tell(t("The link was copied."))).catch(() => tell(t("Copy the address of this page: it holds the view.")));
  });
  need("#save-png").addEventListener("click", () => { menu.open = false; savePng(view, picture(), store.state.day); });
}

async function copy(text: string): Promise<void> {
  // Only pages from a secure address may write there.
  if (!navigator.clipboard) throw new Error("no clipboard");
  await navigator.clipboard.writeText(text);
}

/** What is to be seen, on paper's colour, with what it is written below. */
function savePng(view: View, picture: Picture, day: string): void {
  const drawn = need<HTMLCanvasElement>(".canvas canvas");
  const scale = drawn.width / drawn.clientWidth;
  const foot = Math.round(44 * scale);
  const sheet = document.createElement("canvas");
  sheet.width = drawn.width;
  sheet.height = drawn.height + foot;
  const pen = sheet.getContext("2d");
  if (!pen) return;
  pen.fillStyle = colour("--surface");
  pen.fillRect(0, 0, sheet.width, sheet.height);
  view.network.redraw();
  pen.drawImage(drawn, 0, 0);
  pen.fillStyle = colour("--ink");
  pen.font = `${Math.round(15 * scale)}px "Source Sans", sans-serif`;
  const home = picture.nodes.find((node) => node.id === picture.home);
  pen.fillText(`Köprü · ${home?.name ?? ""} · ${day}`, MARGIN * scale, sheet.height - foot / 3);
  sheet.toBlob((blob) => {
    if (!blob) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `kopru-${picture.start.replace("/", "-")}-${day}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }, "image/png");
}
