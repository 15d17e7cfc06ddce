/** a · b + c, in one rounding where the module may use relaxed SIMD. */
// @ts-ignore: a decorator of AssemblyScript's
@inline
export function fma(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/**
 * What the activations linear, ReLU, ReLU6 and leaky ReLU have in common. NaN stays NaN,
 * and −∞ stays −∞ where ReLU would make 0 of it.
 */
// @ts-ignore: a decorator of AssemblyScript's
@inline
export function bend(value: v128, slope: v128, cap: v128): v128 {
  return f32x4.pmin(f32x4.pmax(value, f32x4.mul(value, slope)), cap);
}

/** e^x with a relative error below 2e-7: 2^n · e^r with |r| ≤ ln 2 / 2. */
// @ts-ignore: a decorator of AssemblyScript's
@inline
export function exp(x: v128): v128 {
  const within = f32x4.pmax(f32x4.pmin(x, f32x4.splat(88.3)), f32x4.splat(-87.3));
  const n = f32x4.nearest(f32x4.mul(within, f32x4.splat(1.44269504)));
  const high = f32x4.sub(within, f32x4.mul(n, f32x4.splat(0.693359375)));
  const r = f32x4.sub(high, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let p = fma(r, f32x4.splat(1.9875691500e-4), f32x4.splat(1.3981999507e-3));
  p = fma(p, r, f32x4.splat(8.3334519073e-3));
  p = fma(p, r, f32x4.splat(4.1665795894e-2));
  p = fma(p, r, f32x4.splat(1.6666665459e-1));
  p = fma(p, r, f32x4.splat(0.5));
  const series = f32x4.add(fma(p, f32x4.mul(r, r), r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(series, power);
}

// @ts-ignore: a decorator of AssemblyScript's
@inline
export function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exp(f32x4.neg(x))));
}

// @ts-ignore: a decorator of AssemblyScript's
@inline
export function tanh(x: v128): v128 {
  return f32x4.sub(f32x4.mul(f32x4.splat(2), sigmoid(f32x4.add(x, x))), f32x4.splat(1));
}

// @ts-ignore: a decorator of AssemblyScript's
@inline
export function elu(x: v128): v128 {
  const below = f32x4.sub(exp(x), f32x4.splat(1));
  return v128.bitselect(below, x, f32x4.lt(x, f32x4.splat(0)));
}
