import Checks
import HashRing

/// A client asks for leases (the LeaseExchange article).
///
/// The home commits the reserve first; then each slot is granted at the shard it names, slots side by side, and a
/// further shard is asked only after a committed answer that the one before has nothing and refuses the id for good.
/// Once granted, the answer may leave: the home commits the grant a little later.
///
/// Nothing that the client sends influences which shards are asked, or in which order.
struct LeaseRequest: Conversation {
    enum Phase: Sendable {
        /// Another request with the same key is under way.
        case queued
        /// A reserve is on its way to the home.
        case reserving
        /// The hints show nothing: the home is asked what would refuse the request, and nothing is committed.
        case checking
        /// The cap is reached by what the home counts; leases may have ended a moment ago.
        case draining
        /// Slots are being granted.
        case asking
        /// A long poll: nothing was found, and more may come.
        case waiting
    }

    enum Step {
        static let reserve = 0
        static let check = 1
        /// Plus the slot's position.
        static let slot = 2
    }

    let request: RequestID
    let client: ClientID
    let secret: SecretHash
    let order: LeaseOrder

    var phase = Phase.queued
    /// Until when a long poll waits.
    var patience = Duration.zero
    var isPatienceTimed = false
    var slotsConfirmed = false
    var rounds = 0
    /// The rise of readiness in which it last tried.
    var tried: UInt64 = 0
    var wasWoken = false
    /// Where this request found nothing, whatever the hints say.
    var barren: Set<Barren> = []
    /// The shards of each lane in this attempt's random order.
    var urgent: [ShardID] = []
    var normal: [ShardID] = []
    var reserved: ReserveAnswer?
    var slots: [Slot] = []
    /// What this request was granted so far.
    var taken: [LeaseRecord] = []
    /// What the client held when the request began.
    var outstanding: Int?
    /// The client is being unregistered: whatever is granted now is not handed out.
    var isEnding = false
    var isAbandoned = false

    init(request: RequestID, client: ClientID, secret: SecretHash, order: LeaseOrder) {
        self.request = request
        self.client = client
        self.secret = secret
        self.order = order
    }

    var delivery: DeliveryOutcome {
        switch phase {
        case .queued, .checking, .draining, .waiting: .notApplied
        case .reserving, .asking: .unknown
        }
    }

    mutating func advance(_ event: Event, in node: inout NodeState) -> Progress {
        switch event {
        case .begin:
            patience = node.now.monotonic + .seconds(order.waitSeconds)
            guard node.reservations.enter(node.current, client: client, key: order.key?.key) else { return .goesOn }
            return attempt(in: &node)
        case .ready: return becameReady(in: &node)
        case .drained: return attempt(in: &node)
        case .due: return becameDue(in: &node)
        case .ending: return becameEnding(in: &node)
        case .abandoned:
            isAbandoned = true
            return isIdle ? leave(with: .failure(.timeout(.notApplied)), in: &node) : .goesOn
        case .outcome(Step.reserve, let result): return tookReserve(result, in: &node)
        case .answer(Step.check, let result): return tookCheck(result, in: &node)
        case .outcome(let step, let result): return tookOutcome(result, ofSlot: step - Step.slot, in: &node)
        case .answer(let step, let result): return tookRecord(result, ofSlot: step - Step.slot, in: &node)
        case .registry, .report, .silent: return .goesOn
        }
    }

    /// Nothing of it is under way anywhere.
    private var isIdle: Bool {
        switch phase {
        case .queued, .waiting: true
        case .reserving, .checking, .draining, .asking: false
        }
    }

    private mutating func becameReady(in node: inout NodeState) -> Progress {
        switch phase {
        case .queued: return attempt(in: &node)
        case .waiting:
            wasWoken = true
            rounds = 0
            barren = []
            slotsConfirmed = false
            return attempt(in: &node)
        default: return .goesOn
        }
    }

    private mutating func becameDue(in node: inout NodeState) -> Progress {
        guard case .waiting = phase, node.now.monotonic >= patience || node.isDraining else { return .goesOn }
        return leave(with: .success(.leased(emptyAnswer(in: node))), in: &node)
    }

    private mutating func becameEnding(in node: inout NodeState) -> Progress {
        isEnding = true
        return isIdle ? leave(with: .failure(.unauthenticated), in: &node) : .goesOn
    }

    /// The end, with this answer; whoever waits with the same key goes on.
    mutating func leave(with answer: Result<Response, Refusal>, in node: inout NodeState) -> Progress {
        if case .waiting = phase, !node.readiness.stopWaiting(node.current, for: order.service) {
            // It was woken for something and leaves without having looked.
            node.passOn(order.service)
        }
        node.reply(request, answer)
        if let next = node.reservations.leave(node.current, client: client, key: order.key?.key) {
            node.events.append((next, .ready))
        }
        return .finished
    }
}
