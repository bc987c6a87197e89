/** Under this name a browser remembers which assistance its officer has opened: the citizen's page must not be joined to it here. */
const NAME = "motlan-own-desk";

/** @returns a function that forgets it */
export function rememberOwnDesk(id: string): () => void {
  try {
    localStorage.setItem(NAME, id);
  } catch {
    // A browser that keeps nothing cannot be told apart from another one.
  }
  return () => {
    try {
      localStorage.removeItem(NAME);
    } catch {
      // As above.
    }
  };
}

export function isOwnDesk(id: string): boolean {
  try {
    return localStorage.getItem(NAME) === id;
  } catch {
    return false;
  }
}
