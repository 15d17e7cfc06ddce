/** Counts what the browser's decoder hands out from now on, until `stop`. */
export function countPictures() {
  const Own = window.VideoDecoder;
  const count = { open: 0, most: 0 };
  const note = (frame: VideoFrame) => {
    count.most = Math.max(count.most, ++count.open);
    const close = frame.close.bind(frame);
    frame.close = () => {
      count.open--;
      close();
    };
  };
  window.VideoDecoder = class extends Own {
    constructor({ output, error }: VideoDecoderInit) {
      const counted = (frame: VideoFrame) => {
        note(frame);
        output(frame);
      };
      super({ output: counted, error });
    }
  };
  const stop = () => {
    window.VideoDecoder = Own;
  };
  return { count, stop };
}
