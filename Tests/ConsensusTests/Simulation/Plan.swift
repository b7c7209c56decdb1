import Consensus

/// Everything about one simulated run that its seed decides before it starts: the cluster, its links and disks, and
/// what is done to it. A plan can be cut down without changing the rest of it, which is how a failure is minimised.
struct Plan: Sendable {
    let seed: UInt64
    var voters: Int
    var learners: Int
    var settings: Settings
    var network: Network
    var disk: ClosedRange<Int64>
    var apply: ClosedRange<Int64>
    /// How often, per thousand, a replica crashes right after it has told its vote.
    var voterCrashes: UInt64
    var operations: [Operation]
    var steps = 1000
    var mutations: Mutation = []

    /// Links between replicas; times in microseconds, rates per thousand.
    struct Network: Sendable {
        var delay: ClosedRange<Int64>
        var stragglers: UInt64
        var loss: UInt64
        var repeats: UInt64
    }

    /// Something that clients, operators or misfortune do, `gap` microseconds after the one before.
    struct Operation: Sendable {
        var gap: Int64
        var kind: Kind
        /// Decides the details.
        var draw: UInt64
    }

    enum Kind: CaseIterable, Sendable {
        case propose, read, change, transfer, compact, campaign
        case crash, powerLoss, partition, cutLink, heal, misdirect
        /// Several campaign at once, and one forgets what it had not written.
        case rivals
        /// A leader is cut off, and another campaigns.
        case isolateLeader
        /// The two halves of a joint configuration are cut off from each other.
        case splitHalves
    }

    init(seed: UInt64, voters: Int? = nil) {
        var random = SplitMix64(seed: seed &* 0x9E37_79B9 &+ 17)
        self.seed = seed
        let sizes = [1, 2, 3, 3, 3, 5, 5, 7]
        let size = random.pick(sizes)
        self.voters = voters ?? size
        learners = random.pick([0, 0, 1, 2])
        let timeout = Int64(100 + random.below(200))
        settings = Settings(
            electionTimeout: .milliseconds(timeout), heartbeatInterval: .milliseconds(timeout / 5),
            appendBytes: random.pick([40, 200, 65536]), appendEntries: random.pick([1, 3, 64]),
            inflightMessages: random.pick([1, 2, 16]), inflightBytes: random.pick([50, 400, 65536]),
            unappliedBytes: random.pick([400, 65536]), unappliedEntries: random.pick([6, 200]),
            committedBytes: random.pick([40, 65536]), committedEntries: random.pick([1, 8, 64]))
        let slowest = random.pick([1000, 5000, 20000, 60000] as [Int64])
        network = Network(
            delay: 100...slowest, stragglers: random.pick([0, 10, 40]), loss: random.pick([0, 0, 10, 60, 150]),
            repeats: random.pick([0, 20, 100]))
        disk = 50...random.pick([500, 5000, 30000, 120000] as [Int64])
        apply = 10...random.pick([50, 2000, 40000] as [Int64])
        voterCrashes = random.pick([0, 0, 0, 0, 400])
        let pace = random.pick([4000, 12000, 30000] as [UInt64])
        let taste = Self.taste(&random)
        operations = (0..<400).map { _ in
            Operation(gap: Int64(100 + random.below(pace)), kind: random.pick(taste), draw: random.next())
        }
    }

    /// Leaves out all operations but these; what remains happens when it would have happened.
    func keeping(_ kept: [Int]) -> Plan {
        var plan = self
        plan.operations = []
        var gap: Int64 = 0
        for (position, operation) in operations.enumerated() {
            gap += operation.gap
            guard kept.contains(position) else { continue }
            plan.operations.append(Operation(gap: gap, kind: operation.kind, draw: operation.draw))
            gap = 0
        }
        return plan
    }

    /// What a run likes to do: every kind, but some runs more of this and some more of that.
    private static func taste(_ random: inout SplitMix64) -> [Kind] {
        var taste: [Kind] = [
            .propose, .propose, .propose, .propose, .propose, .propose, .propose, .read, .read, .read, .crash, .compact,
            .change, .transfer, .heal,
        ]
        for kind in Kind.allCases { taste += Array(repeating: kind, count: random.below(3)) }
        let favourite = random.pick(
            [Kind.change, .crash, .transfer, .partition, .read, .compact, .propose, .rivals, .isolateLeader])
        taste += Array(repeating: favourite, count: 4)
        if random.below(4) > 0 { taste.removeAll { $0 == .powerLoss } }
        if favourite == .change { taste += [.splitHalves, .splitHalves, .heal] }
        if random.below(3) == 0 { taste.removeAll { $0 == .crash } }
        return taste
    }
}

extension SplitMix64 {
    mutating func below(_ bound: UInt64) -> UInt64 { bound == 0 ? 0 : next() % bound }
    mutating func below(_ bound: Int) -> Int { Int(below(UInt64(bound))) }
    mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }
    mutating func within(_ range: ClosedRange<Int64>) -> Int64 {
        range.lowerBound + Int64(below(UInt64(range.upperBound - range.lowerBound + 1)))
    }
}
