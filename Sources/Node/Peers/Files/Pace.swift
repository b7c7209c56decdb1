/// Keeps a transfer at so many bytes a second on average since its start. Pure: the time is given.
struct Pace: Sendable {
    private let bytesPerSecond: Int
    private var bytes = 0

    init(bytesPerSecond: Int) {
        self.bytesPerSecond = bytesPerSecond
    }

    /// How long to wait after these bytes, when so much time has passed since the start.
    mutating func wait(after count: Int, elapsed: Duration) -> Duration {
        bytes += count
        let due = Duration.nanoseconds(Int64(Double(bytes) / Double(bytesPerSecond) * 1e9))
        return max(.zero, due - elapsed)
    }
}
