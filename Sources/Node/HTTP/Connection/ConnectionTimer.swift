import NIOCore

/// One deadline that moves often and passes seldom: the timer of the event loop is only set again when it fires too
/// early, so that a request costs no timer. Bound to its event loop.
final class ConnectionTimer {
    private let eventLoop: any EventLoop
    private let passed: () -> Void
    private var deadline: NIODeadline?
    private var scheduled: (task: Scheduled<Void>, at: NIODeadline)?

    /// - Parameter passed: called on the event loop once for each deadline that passes.
    init(on eventLoop: any EventLoop, passed: @escaping () -> Void) {
        self.eventLoop = eventLoop
        self.passed = passed
    }

    /// Replaces the deadline.
    func set(in time: TimeAmount) {
        let deadline = NIODeadline.now() + time
        self.deadline = deadline
        if let scheduled, scheduled.at <= deadline { return }
        schedule(at: deadline)
    }

    func clear() {
        deadline = nil
    }

    /// Clears the deadline and lets go of the event loop.
    func cancel() {
        deadline = nil
        scheduled?.task.cancel()
        scheduled = nil
    }

    private func schedule(at deadline: NIODeadline) {
        scheduled?.task.cancel()
        scheduled = (eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { self.fire() }, deadline)
    }

    private func fire() {
        scheduled = nil
        guard let deadline else { return }
        guard deadline <= .now() else { return schedule(at: deadline) }
        self.deadline = nil
        passed()
    }
}
