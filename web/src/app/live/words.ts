export interface LiveWords {
  readonly title: string;
  readonly stage: string;
  readonly hint: string;
  readonly idle: string;
  readonly on: string;
  readonly off: string;
  readonly device: string;
  readonly pause: string;
  readonly snapshot: string;
  readonly record: string;
  readonly stopRecording: string;
  readonly recorded: (frames: number) => string;
  readonly csv: string;
  readonly json: string;
  readonly smooth: string;
  readonly mirror: string;
  readonly lastHalfMinute: string;
  readonly perSecond: string;
  readonly latency: string;
  readonly dropped: string;
  readonly backend: string;
  readonly waitingForModel: string;
}

export const LIVE_WORDS: Readonly<Record<"en" | "ko", LiveWords>> = {
  en: {
    title: "Live",
    stage: "Camera",
    hint: "Turn the camera on, and your face is read right here. No picture is sent anywhere.",
    idle: "The camera is off",
    on: "Turn on the camera",
    off: "Turn off",
    device: "Camera",
    pause: "Pause",
    snapshot: "Snapshot",
    record: "Record results",
    stopRecording: "Stop recording",
    recorded: (frames) => `${frames} results recorded`,
    csv: "Save as CSV",
    json: "Save as JSON",
    smooth: "Smooth over time",
    mirror: "Mirror",
    lastHalfMinute: "The last 30 seconds",
    perSecond: "results/s",
    latency: "ms latency (median, 95%)",
    dropped: "frames dropped",
    backend: "runs on",
    waitingForModel: "Waiting for the model",
  },
  ko: {
    title: "실시간",
    stage: "카메라",
    hint: "카메라를 켜면 이 기기 안에서 바로 표정을 읽습니다. 영상은 어디에도 전송되지 않습니다.",
    idle: "카메라가 꺼져 있습니다",
    on: "카메라 켜기",
    off: "끄기",
    device: "카메라",
    pause: "일시정지",
    snapshot: "사진 저장",
    record: "결과 기록",
    stopRecording: "기록 중지",
    recorded: (frames) => `결과 ${frames}개를 기록했습니다`,
    csv: "CSV로 저장",
    json: "JSON으로 저장",
    smooth: "부드럽게 보기",
    mirror: "좌우 반전",
    lastHalfMinute: "최근 30초",
    perSecond: "초당 결과",
    latency: "지연 시간, ms (중앙값, 95%)",
    dropped: "건너뛴 프레임",
    backend: "실행 방식",
    waitingForModel: "모델을 기다리는 중",
  },
};
