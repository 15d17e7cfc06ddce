declare module "kernels:*" {
  /** A WebAssembly module in base64. */
  const base64: string;
  export default base64;
}
