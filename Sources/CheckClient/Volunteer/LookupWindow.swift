/// The platform's limit: so many look-ups in any window of time, never more.
///
/// A sliding window: it remembers when each of the last `capacity` look-ups began, so that no 15 minutes hold more than
/// 180, wherever they start. Time and memory O(capacity).
package struct LookupWindow: Sendable {
    /// Look-ups that a window holds.
    package let capacity: Int
    /// The window's length in seconds.
    package let seconds: Double
    /// A ring of the moments of the last look-ups, oldest at `oldest` once it is full.
    private var moments: [Double] = []
    private var oldest = 0

    /// The platform's window, `speed` times as fast: 180 look-ups in 900 s divided by `speed`.
    package init(speed: Double, capacity: Int = Limits.lookupsPerWindow) {
        precondition(speed > 0 && capacity > 0, "a window lets something through")
        self.capacity = capacity
        seconds = Limits.windowSeconds / speed
        moments.reserveCapacity(capacity)
    }

    /// Look-ups that may begin now.
    package func available(now: Double) -> Int {
        capacity - moments.count { $0 + seconds > now }
    }

    /// When the next look-up may begin: now, or later.
    package func nextMoment(now: Double) -> Double {
        guard moments.count == capacity else { return now }
        return max(now, moments[oldest] + seconds)
    }

    /// Takes note of `count` look-ups that begin now; the caller asked ``available(now:)`` before.
    package mutating func take(_ count: Int, now: Double) {
        assert(count <= available(now: now), "the platform's limit holds")
        for _ in 0..<count {
            if moments.count < capacity {
                moments.append(now)
            } else {
                moments[oldest] = now
                oldest = (oldest + 1) % capacity
            }
        }
    }
}
