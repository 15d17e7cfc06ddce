import type { Language } from "./words";

const KEY = "facecast.language";

/** The reader's choice, or else the browser's language, or else English. */
export function chosenLanguage(): Language {
  const wish = remembered() ?? navigator.language;
  return wish.toLowerCase().startsWith("ko") ? "ko" : "en";
}

/** A browser that keeps nothing asks its own language again next time. */
export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {}
}

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
