/// How long calls took, each in nanoseconds.
struct Latencies: Sendable {
    private var nanoseconds: [Int64] = []

    var count: Int { nanoseconds.count }

    mutating func record(_ duration: Int64) {
        nanoseconds.append(duration)
    }

    mutating func merge(_ other: Latencies) {
        nanoseconds.append(contentsOf: other.nanoseconds)
    }

    /// The value below which the given share of the calls lies, in milliseconds (nearest rank; 0 of nothing).
    func milliseconds(at share: Double) -> Double {
        guard !nanoseconds.isEmpty else { return 0 }
        let rank = Int((share * Double(nanoseconds.count)).rounded(.up))
        let sorted = nanoseconds.sorted()
        return Double(sorted[min(max(rank, 1), sorted.count) - 1]) / 1e6
    }
}
