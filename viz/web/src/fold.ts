// On a telephone long sections come folded, each with its count; a link to one unfolds it.
// Without scripts, and where there is room, all of them are open.
const NARROW = "(max-width: 48rem)";

function unfoldNamed(): void {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const fold = named?.closest<HTMLDetailsElement>("details.narrow-fold");
  if (named && fold && !fold.open) {
    fold.open = true;
    named.scrollIntoView();
  }
}

export function foldWhereNarrow(): void {
  const folds = document.querySelectorAll<HTMLDetailsElement>("details.narrow-fold");
  if (folds.length < 2 || !matchMedia(NARROW).matches) return;
  for (const fold of folds) fold.open = false;
  unfoldNamed();
  addEventListener("hashchange", unfoldNamed);
}
