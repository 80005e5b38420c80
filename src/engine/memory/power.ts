/**
 * x^y for x > 0 out of + - * / and square roots alone: the platform's own `pow` differs in its last bits
 * between browsers, and a run must not.
 */

/** x^y. Relative error below 1e-12 for 1 <= x <= 2^31 and |y| <= 16. */
export function powerOf(x: number, y: number): number {
  return exponential(y * logarithm(x));
}

const LN_2 = 0.6931471805599453;

/** ln x by scaling to [0.70, 1.42) and 2 artanh((m - 1) / (m + 1)). */
function logarithm(x: number): number {
  let mantissa = x;
  let exponent = 0;
  for (; mantissa >= 1.42; mantissa /= 2) exponent++;
  for (; mantissa < 0.7; mantissa *= 2) exponent--;
  const z = (mantissa - 1) / (mantissa + 1);
  const square = z * z;
  let term = z;
  let sum = 0;
  for (let n = 1; n <= 31; n += 2) {
    sum += term / n;
    term *= square;
  }
  return 2 * sum + exponent * LN_2;
}

/** e^x by taking out powers of two and a Taylor series for the rest. */
function exponential(x: number): number {
  const twos = Math.round(x / LN_2);
  const rest = x - twos * LN_2;
  let term = 1;
  let sum = 1;
  for (let n = 1; n <= 18; n++) {
    term *= rest / n;
    sum += term;
  }
  for (let i = 0; i < twos; i++) sum *= 2;
  for (let i = 0; i > twos; i--) sum /= 2;
  return sum;
}
