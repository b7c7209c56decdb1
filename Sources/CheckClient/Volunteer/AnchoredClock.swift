import Foundation

/// Seconds since 1970 that never go back: the system's time when it began, and a monotonic clock since.
struct AnchoredClock: Sendable {
    private let wall = Date().timeIntervalSince1970
    private let start = ContinuousClock.now

    /// Now.
    var now: Double { wall + (ContinuousClock.now - start) / .seconds(1) }

    /// Runs `body` at a moment, unless cancelled before.
    func task(at moment: Double, _ body: @escaping @Sendable () -> Void) -> Task<Void, Never> {
        let instant = start.advanced(by: .seconds(moment - wall))
        return Task {
            do {
                try await Task.sleep(until: instant, clock: .continuous)
                body()
            } catch {
                // Replaced by a later moment.
            }
        }
    }
}
