export function KeyCap({ name }: { readonly name: string }) {
  return <kbd className="key-cap">{name}</kbd>;
}
