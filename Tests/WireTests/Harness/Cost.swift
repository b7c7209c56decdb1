import Testing

/// Nanoseconds that one round of `work` takes: the least of ten runs, as whatever else the machine does only adds.
func cost(_ rounds: Int = 20_000, _ work: () throws -> Int) rethrows -> Double {
    var least = Double.infinity
    var sum = 0
    for _ in 0..<10 {
        let start = ContinuousClock.now
        for _ in 0..<rounds { sum &+= try work() }
        least = min(least, (ContinuousClock.now - start) / .nanoseconds(rounds))
    }
    #expect(sum > 0)
    return least
}
