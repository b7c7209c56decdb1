import Foundation

/// What a volunteer is told before it begins.
package struct VolunteerConfiguration: Sendable {
    /// Leases that are worked on at once.
    package var workers: Int
    /// How many times as fast as the platform allows.
    package var speed: Double
    /// The service to work for; `nil`: the node's default.
    package var service: String?
    /// Makes this run's idempotency keys differ from every other run's.
    package var keyPrefix: String
    /// Seeds the spread of retries.
    package var seed: UInt64

    package init(workers: Int = 1, speed: Double = 1, service: String? = nil, keyPrefix: String, seed: UInt64) {
        self.workers = workers
        self.speed = speed
        self.service = service
        self.keyPrefix = keyPrefix
        self.seed = seed
    }
}

/// A volunteer, sans I/O: it is given the time, how calls ended and what the checker found; it returns the calls to make,
/// the users to hand to the checker and when to wake it.
///
/// Times are seconds since 1970 of a clock that never goes back. The node's clock may differ: deadlines are moved by the
/// difference, as registering shows it.
package struct Volunteer: Sendable {
    /// What it is at.
    enum Phase: Sendable {
        /// Telling the cluster who it is.
        case registering
        /// Asking which leases it holds already.
        case recollecting
        case working
        /// Delivering what is there, until then at most.
        case stopping(until: Double, VolunteerOutcome)
        case finished
    }

    let configuration: VolunteerConfiguration
    var phase = Phase.registering
    /// In the order in which they came.
    var leases: [HeldLease] = []
    var window: LookupWindow
    /// Sessions of the checker that have not ended, those of ended leases included.
    var sessions: Set<String> = []

    var registration = Retry()
    var recollection = Retry()
    var leasing = Retry()
    /// Refused as unknown since it last registered.
    var isUnknown = false
    /// The lease request that has no answer yet: repeated as it is, by its key.
    var leaseRequest: (request: LeaseRequest, key: String)?
    var leaseRequests = 0
    /// Leases that the cluster lets it hold.
    var cap = Int.max
    /// Why no more leases are asked for, if so.
    var noMoreLeases: String?
    /// Failures of the checker since its last result.
    var crashes = 0

    /// The node's clock less this one's, in seconds.
    var clockOffset = 0.0
    var jitter: SplitMix64
    var calls: [CallID: VolunteerCall] = [:]
    var nextCall = 0
    var effects: [VolunteerEffect] = []
    var wakeAt: Double?
    var lastNotice: VolunteerNotice?

    /// What was done so far.
    package internal(set) var totals = VolunteerTotals()

    /// A volunteer that has not begun.
    package init(_ configuration: VolunteerConfiguration) {
        precondition((1...Limits.workers).contains(configuration.workers), "the command line checks the workers")
        self.configuration = configuration
        window = LookupWindow(speed: configuration.speed)
        jitter = SplitMix64(seed: configuration.seed)
    }

    /// Takes one input and returns what it leads to, in order.
    package mutating func handle(_ input: VolunteerInput, now: Double) -> [VolunteerEffect] {
        if case .finished = phase { return [] }
        switch input {
        case .start, .wake: break
        case .answer(let id, let answer, let nodeTime):
            if let nodeTime { clockOffset = nodeTime.timeIntervalSince1970 - now }
            if let call = calls.removeValue(forKey: id) { absorb(answer, to: call, now: now) }
        case .found(let lease, let result): absorb(result, of: lease, now: now)
        case .sessionEnded(let lease, let failure): endSession(of: lease, failure: failure, now: now)
        case .unreadable(_, let text): say(.notUnderstood(text))
        case .stop: stop(.stopped, now: now)
        }
        advance(now: now)
        defer { effects = [] }
        return effects
    }

    /// Does what can be done now.
    private mutating func advance(now: Double) {
        switch phase {
        case .registering:
            if registration.isReady(now) {
                registration.begin()
                call(.register)
            }
            checkLeases(now: now)
        case .recollecting:
            if recollection.isReady(now) {
                recollection.begin()
                call(.listLeases)
            }
            checkLeases(now: now)
        case .working:
            checkLeases(now: now)
            reportLeases(now: now, stopping: false)
            renewLeases(now: now)
            askForLeases(now: now)
            if let noMoreLeases, leases.isEmpty { finish(.failed(noMoreLeases)) }
        case .stopping(let until, let outcome):
            reportLeases(now: now, stopping: true)
            if (leases.isEmpty && !leasing.inFlight) || now >= until { finish(outcome) }
        case .finished: break
        }
        planWake(now: now)
    }

    mutating func call(_ call: VolunteerCall) {
        let id = CallID(rawValue: nextCall)
        nextCall += 1
        calls[id] = call
        effects.append(.call(id, call))
    }

    /// Tells a person, who does not want to read at every attempt that nothing has changed.
    mutating func say(_ notice: VolunteerNotice) {
        if case .waiting = notice, notice == lastNotice { return }
        lastNotice = notice
        effects.append(.say(notice))
    }

    mutating func finish(_ outcome: VolunteerOutcome) {
        phase = .finished
        effects.append(.finished(outcome))
    }
}

/// What a volunteer did.
package struct VolunteerTotals: Hashable, Sendable {
    /// Users handed to the checker.
    package var checked = 0
    /// Rows that the cluster took.
    package var accepted = 0
    /// Rows that it refused.
    package var refused = 0
    /// Leases taken, the recollected ones included.
    package var leases = 0
    /// Failures of the checker.
    package var crashes = 0
}
