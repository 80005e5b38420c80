/**
 * 64-bit digest of words, numbers and text, in two 32-bit lanes. Not cryptographic: it tells runs
 * apart, it does not resist an attacker.
 */
export class Digest {
  #a = 0x811c9dc5 | 0;
  #b = 0x1b873593 | 0;

  addWords(words: Int32Array): this {
    let a = this.#a;
    let b = this.#b;
    const length = words.length;
    for (let i = 0; i < length; i++) {
      const word = words[i]!;
      a = Math.imul(a ^ word, 0x01000193);
      a = (a << 13) | (a >>> 19);
      b = Math.imul(b + word, 0x85ebca6b) ^ (b >>> 15);
    }
    this.#a = a;
    this.#b = b;
    return this;
  }

  addText(text: string): this {
    const words = new Int32Array(text.length + 1);
    for (let i = 0; i < text.length; i++) words[i] = text.charCodeAt(i);
    words[text.length] = text.length;
    return this.addWords(words);
  }

  /** 16 hexadecimal digits. */
  toString(): string {
    return [this.#a, this.#b].map((lane) => (lane >>> 0).toString(16).padStart(8, '0')).join('');
  }
}
