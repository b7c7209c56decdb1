import Checks
import Coordinator
import HashRing

/// One node of a simulated cluster: a disk, a clock, and, while it runs, a process with the real coordinator.
package final class SimulatedNode {
    /// Its place among the cluster's nodes.
    package let number: Int
    package let identity: NodeIdentity
    /// How many times as long its disk takes.
    package var slowness = 1
    package private(set) var crashes = 0
    /// What operators should have seen, over all starts.
    package internal(set) var alarms: [Alarm] = []
    /// It was removed or wiped: nobody calls it any more.
    package internal(set) var isRetired = false
    /// It is off until somebody switches it on again.
    package internal(set) var isAway = false
    /// What keeps its disk from being written.
    package internal(set) var trouble: DiskTrouble?
    /// Its files were damaged, and it has not shown yet that it can do with them.
    package internal(set) var isDamaged = false
    /// Why it does not start any more: it is to be replaced.
    package internal(set) var refusal: String?

    unowned let cluster: SimulatedCluster
    var clock = WallClock()
    private var clockMended: Duration?
    var disk: SimulatedDisk
    var process: NodeProcess?
    private var boots = 0

    init(number: Int, identity: NodeIdentity, disk: SimulatedDisk, cluster: SimulatedCluster) {
        self.number = number
        self.identity = identity
        self.disk = disk
        self.cluster = cluster
    }

    /// Whether its process is there, paused or not.
    package var isRunning: Bool { process != nil }
    package var isPaused: Bool { process?.isPaused ?? false }
    /// Whether it finished what it had under way after ``drain()``.
    package var isDrained: Bool { process?.isDrained ?? false }
    /// The registry as it has applied it.
    package var registry: Registry? { process?.coordinator.registry }

    /// How many groups it leads, as far as it knows.
    var leaderships: Int { process?.coordinator.leaderships ?? 0 }

    /// What its clocks show.
    package var now: Moment {
        Moment(
            monotonic: cluster.time + (process?.origin ?? .zero), wall: clock.reading(after: cluster.time))
    }

    /// When time alone moves it next.
    var nextDeadline: Duration? {
        guard let process, !process.isPaused, let due = process.coordinator.nextDeadline else { return nil }
        return max(due - process.origin, cluster.time)
    }

    func report(_ finding: String) {
        cluster.onEvent("\(identity.name): \(finding)")
        cluster.findings.report("\(identity.name) at \(cluster.time): \(finding)")
    }

    // MARK: What happens to it

    /// Something happens in this process after a while: not if it has ended by then, and later if it is paused.
    func plan(after delay: Duration, _ action: @escaping (SimulatedNode) throws -> Void) {
        guard let boot = process?.boot else { return }
        cluster.after(delay) { [unowned self] in
            guard process?.boot == boot else { return }
            try perform(action)
        }
    }

    /// Now, or when the process goes on.
    func perform(_ action: @escaping (SimulatedNode) throws -> Void) rethrows {
        if isPaused {
            process?.postponed.append(action)
        } else {
            try action(self)
        }
    }

    func feed(_ inputs: [Input]) {
        guard process != nil, !inputs.isEmpty else { return }
        perform { node in
            let now = node.now
            for input in inputs { node.cluster.onInput(input, node) }
            guard
                let effects = node.process?.coordinator.handle(inputs, now: now, using: &node.cluster.random)
            else { return }
            if let broken = node.process?.coordinator.broken { node.report(broken) }
            node.carryOut(effects)
        }
    }

    /// SIGTERM.
    package func drain() { feed([.drain]) }

    // MARK: Starting and ending

    /// Starts the process from what the disk holds; a node that was not let in yet has nothing to start from.
    package func boot() throws {
        guard process == nil, refusal == nil, !disk.logs.isEmpty, writesAtStart() else { return }
        boots += 1
        cluster.onEvent("\(identity.name) starts")
        disk.deleteOrphans()
        var appliers: [ShardID: Applier] = [:]
        guard let found = try restore(into: &appliers) else { return }
        let origin = cluster.draw(0...100_000_000)
        let now = Moment(monotonic: cluster.time + origin, wall: clock.reading(after: cluster.time))
        let coordinator = Coordinator(found, faults: cluster.faults, now: now, using: &cluster.random)
        process = NodeProcess(boot: boots, coordinator: coordinator, origin: origin)
        process?.appliers = appliers
        isDamaged = false
        if let effects = process?.coordinator.start(now: now, using: &cluster.random) { carryOut(effects) }
        planCheckpoint()
    }

    /// `kill -9`, or the power goes: of what is on its way to the disk, some part from the front arrives. Does not start
    /// again by itself.
    package func crash(losingPower: Bool = false) {
        guard let process else { return }
        crashes += 1
        cluster.onEvent("\(identity.name) ends, losing power: \(losingPower)")
        let most = trouble == .full ? 0 : process.writes.count
        for job in process.writes.prefix(Int.random(in: 0...most, using: &cluster.random)) {
            _ = write(job)
        }
        if losingPower { disk.losePower() }
        self.process = nil
        cluster.network.lost(self, silently: losingPower)
        cluster.lost(self)
    }

    /// `kill -STOP`.
    package func pause() {
        guard let boot = process?.boot, !isPaused else { return }
        process?.isPaused = true
        cluster.onEvent("\(identity.name) stands still")
        cluster.network.paused(self, boot: boot)
    }

    /// `kill -CONT`: everything that waited happens, in its order.
    package func resume() throws {
        guard isPaused, let waiting = process?.postponed else { return }
        process?.isPaused = false
        cluster.onEvent("\(identity.name) goes on")
        process?.postponed = []
        for action in waiting { try perform(action) }
    }

    // MARK: Its clock

    /// Moves the wall clock without any time passing.
    package func setWallClock(ahead milliseconds: Int64) {
        clock.aheadMilliseconds += milliseconds
        cluster.onEvent("\(identity.name)'s clock jumps by \(milliseconds) ms")
    }

    /// Puts the wall clock right.
    package func mendClock() {
        if !clock.isRight { clockMended = cluster.time }
        clock = WallClock()
    }

    /// Whether its clock is right, and peers have had the time to hear that.
    var isClockTrusted: Bool {
        clock.isRight && clockMended.map { cluster.time - $0 > .seconds(2) } ?? true
    }

    /// Lets the wall clock run too fast by so many millionths (too slow, if negative).
    package func setDrift(millionths: Int64) { clock.setDrift(millionths: millionths, at: cluster.time) }
}
