import Membership

/// A cluster in one thread and virtual time: a queue of events, a network, and members that do nothing between them.
/// The same seed gives the same run.
final class SimulatedCluster {
    enum Occurrence {
        case wake(Int, life: Int)
        case datagram(Int, life: Int, Datagram, from: PeerAddress)
        case pushPull(Int, life: Int, PushPull)
        case action((SimulatedCluster) -> Void)
    }

    enum Arrival {
        case datagram(Datagram, from: PeerAddress)
        case pushPull(PushPull)
    }

    /// One event that one member reported.
    struct Report {
        let time: Int64
        let observer: Int
        let event: Membership.Event
    }

    static let second: Int64 = 1_000_000_000
    /// Arrivals kept while paused: the default socket buffer (212,992 bytes) filled with the smallest datagrams.
    static let socketCapacity = 256

    /// The protocol's side of each member, and what it runs on. In arrays of their own: an event touches little.
    var memberships: [Membership] = []
    var machines: [SimulatedMachine] = []
    /// What waits in the sockets of the paused.
    var sockets: [[Arrival]] = []
    /// Where each member is.
    var addresses: [PeerAddress] = []
    var network: SimulatedNetwork
    var random: RandomSource
    private(set) var now: Int64 = 0
    var traffic = Traffic()
    var reports: [Report] = []
    /// Called for each event; `true` to keep it in `reports`.
    var keeps: (Membership.Event) -> Bool = { _ in true }
    let parameters: Parameters

    private var queue = EventQueue<Occurrence>()
    private var owners: [Int] = Array(repeating: -1, count: 65536)

    /// `acquainted`: everybody knows everybody from the start; otherwise nobody knows anybody.
    init(
        members count: Int, seed: UInt64, acquainted: Bool = true, drift: Int64 = 0, parameters: Parameters = .lan
    ) throws {
        self.parameters = parameters
        network = SimulatedNetwork(members: count)
        random = RandomSource(seed: seed)
        let records = try (0..<count).map { try MemberRecord(id: Self.id(of: $0), address: Self.address($0 + 1)) }
        for index in 0..<count {
            let origin = Int64(random.index(below: 1000)) * Self.second
            memberships.append(
                Membership(
                    own: records[index], known: acquainted ? records.filter { $0.id != records[index].id } : [],
                    parameters: parameters, seed: random.next(), now: .nanoseconds(origin)))
            let fast = drift > 0 ? Int64(random.index(below: Int(2 * drift))) - drift : 0
            machines.append(SimulatedMachine(origin: origin, drift: fast))
            sockets.append([])
            addresses.append(records[index].address)
            owners[index + 1] = index
        }
        for index in 0..<count { schedule(index) }
    }

    static func id(of index: Int) -> MemberID { MemberID(rawValue: UInt128(index + 1)) }
    static func index(of id: MemberID) -> Int { Int(id.rawValue) - 1 }
    static func address(_ port: Int) throws -> PeerAddress { try PeerAddress(host: "10.0.0.1", port: UInt16(port)) }

    /// Runs until `deadline`, or until `isDone` says so after an event.
    func run(until deadline: Int64, isDone: () -> Bool = { false }) {
        while let time = queue.nextTime, time <= deadline, let (_, occurrence) = queue.next() {
            now = time
            handle(occurrence)
            if isDone() { return }
        }
        now = deadline
    }

    func run(seconds: Int64) { run(until: now + seconds * Self.second) }

    func at(_ time: Int64, _ action: @escaping (SimulatedCluster) -> Void) { queue.add(.action(action), at: time) }

    /// Gives one member an input.
    func tell(_ index: Int, _ input: (inout Membership, Duration) throws -> [Membership.Effect]) rethrows {
        let effects = try input(&memberships[index], machines[index].local(now))
        carryOut(effects, of: index)
        schedule(index)
    }

    private func handle(_ occurrence: Occurrence) {
        switch occurrence {
        case .action(let action): action(self)
        case .wake(let index, let life):
            guard machines[index].life == life, machines[index].wakeAt == now else { return }
            machines[index].wakeAt = .max
            guard machines[index].condition == .running else { return }
            tell(index) { $0.tick(now: $1) }
        case .datagram(let index, let life, let datagram, let from):
            guard machines[index].life == life else { return }
            arrive(.datagram(datagram, from: from), at: index)
        case .pushPull(let index, let life, let message):
            guard machines[index].life == life else { return }
            arrive(.pushPull(message), at: index)
        }
    }

    private func arrive(_ arrival: Arrival, at index: Int) {
        switch machines[index].condition {
        case .crashed: return
        case .paused:
            if sockets[index].count < Self.socketCapacity { sockets[index].append(arrival) }
        case .running: deliver(arrival, to: index)
        }
    }

    func deliver(_ arrival: Arrival, to index: Int) {
        switch arrival {
        case .datagram(let datagram, let from): tell(index) { $0.receive(datagram, from: from, now: $1) }
        case .pushPull(let message): tell(index) { $0.receive(message, now: $1) }
        }
    }

    private func carryOut(_ effects: [Membership.Effect], of index: Int) {
        for effect in effects {
            switch effect {
            case .send(let datagram, let address): send(datagram, from: index, to: address)
            case .pushPull(let message, let address): send(message, from: index, to: address)
            case .event(let event):
                if keeps(event) { reports.append(Report(time: now, observer: index, event: event)) }
            }
        }
    }

    private func send(_ datagram: Datagram, from index: Int, to address: PeerAddress) {
        traffic.count(datagram)
        let target = owners[Int(address.port)]
        guard target >= 0, network.connects(index, target) else { return }
        let copies = network.duplication > 0 && random.index(below: 1_000_000) < network.duplication ? 2 : 1
        for _ in 0..<copies {
            guard let delay = network.delay(using: &random) else { continue }
            let time = now + delay + machines[target].slowness + machines[index].slowness
            queue.add(.datagram(target, life: machines[target].life, datagram, from: addresses[index]), at: time)
        }
    }

    private func send(_ message: PushPull, from index: Int, to address: PeerAddress) {
        traffic.count(message)
        let target = owners[Int(address.port)]
        guard target >= 0, network.connects(index, target), network.connects(target, index) else { return }
        let time = now + network.reliableDelay(using: &random) + machines[target].slowness + machines[index].slowness
        queue.add(.pushPull(target, life: machines[target].life, message), at: time)
    }

    /// Sees to it that the member is woken when its protocol wants to be.
    func schedule(_ index: Int) {
        guard machines[index].condition == .running else { return }
        let due = max(machines[index].global(memberships[index].nextDeadline), now)
        guard due < machines[index].wakeAt else { return }
        machines[index].wakeAt = due
        queue.add(.wake(index, life: machines[index].life), at: due)
    }

    /// Gives an address to a member, its earlier ones to nobody.
    func assign(port: Int, to index: Int) {
        for other in owners.indices where owners[other] == index { owners[other] = -1 }
        owners[port] = index
    }
}

/// What members have sent.
struct Traffic {
    var datagrams = 0
    var datagramBytes = 0
    var pushPulls = 0
    var pushPullBytes = 0
    var largest = 0

    mutating func count(_ datagram: Datagram) {
        let size = datagram.encodedSize
        datagrams += 1
        datagramBytes += size + Limits.sealBytes
        largest = max(largest, size)
    }

    mutating func count(_ message: PushPull) {
        pushPulls += 1
        pushPullBytes += message.encodedSize
    }
}
