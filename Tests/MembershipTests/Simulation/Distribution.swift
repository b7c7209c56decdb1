/// Samples, and what is said about them.
struct Distribution {
    private(set) var sorted: [Double]

    init(_ samples: [Double]) { sorted = samples.sorted() }

    var count: Int { sorted.count }
    var median: Double { quantile(0.5) }
    var p99: Double { quantile(0.99) }
    var maximum: Double { sorted.last ?? .nan }

    /// By the nearest rank.
    func quantile(_ share: Double) -> Double {
        guard !sorted.isEmpty else { return .nan }
        let rank = Int((share * Double(sorted.count)).rounded(.up))
        return sorted[min(max(rank, 1), sorted.count) - 1]
    }
}

extension Double {
    /// With a fixed number of decimals, right-aligned.
    func text(_ decimals: Int, width: Int = 9) -> String {
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        guard isFinite else { return "-".aligned(width) }
        let scaled = Int((magnitude * scale).rounded())
        let fraction = String(scaled % Int(scale))
        let zeros = String(repeating: "0", count: max(decimals - fraction.count, 0))
        let sign = self < 0 ? "-" : ""
        let digits = decimals == 0 ? "\(scaled)" : "\(scaled / Int(scale)).\(zeros)\(fraction)"
        return (sign + digits).aligned(width)
    }
}

extension String {
    func aligned(_ width: Int) -> String { String(repeating: " ", count: max(width - count, 0)) + self }
}
