export interface LiveWords {
  readonly title: string;
  readonly stage: string;
  readonly hint: string;
  readonly idle: string;
  readonly on: string;
  readonly off: string;
  readonly device: string;
  readonly pause: string;
  readonly resume: string;
  readonly snapshot: string;
  readonly record: string;
  readonly recording: (seconds: number) => string;
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
  readonly paused: string;
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
    resume: "Go on",
    snapshot: "Snapshot",
    record: "Record results",
    recording: (seconds) => `Stop (${seconds} s)`,
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
    paused: "Paused",
    waitingForModel: "Waiting for the model",
  },
  ko: {
    title: "실시간",
    stage: "카메라",
    hint: "카메라를 켜면 이 기기 안에서 바로 표정을 읽습니다. 사진은 어디에도 보내지 않습니다.",
    idle: "카메라가 꺼져 있습니다",
    on: "카메라 켜기",
    off: "끄기",
    device: "카메라",
    pause: "일시정지",
    resume: "계속",
    snapshot: "사진 저장",
    record: "결과 기록",
    recording: (seconds) => `기록 중지 (${seconds}초)`,
    recorded: (frames) => `결과 ${frames}개 기록됨`,
    csv: "CSV로 저장",
    json: "JSON으로 저장",
    smooth: "부드럽게 보기",
    mirror: "좌우 반전",
    lastHalfMinute: "지난 30초",
    perSecond: "결과/초",
    latency: "ms 지연 (중앙값, 95%)",
    dropped: "프레임 건너뜀",
    backend: "실행 방식",
    paused: "일시정지됨",
    waitingForModel: "모델을 기다리는 중",
  },
};
