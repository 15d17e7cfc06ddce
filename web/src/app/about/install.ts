interface InstallOffer extends Event {
  prompt(): Promise<unknown>;
}

let offer: InstallOffer | null = null;

/** Keeps the browser's offer to install the page: it comes once, before anyone asks for it. */
export function keepInstallOffer(): void {
  addEventListener("beforeinstallprompt", (event) => {
    offer = event as InstallOffer;
  });
  addEventListener("appinstalled", () => {
    offer = null;
  });
}

export function canInstall(): boolean {
  return offer !== null;
}

/** Asks the visitor; an offer may be used once. */
export async function install(): Promise<void> {
  const once = offer;
  offer = null;
  await once?.prompt();
}
