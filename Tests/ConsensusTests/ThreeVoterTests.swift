import Consensus
import Testing

/// Three voters whose disks and links work at once.
private struct Trio {
    var groups: [RaftGroup]
    var committed: [[Entry]] = [[], [], []]
    var reads: [ReadState] = []
    var now = Duration.zero

    init() {
        let configuration = Configuration(voters: (1...3).map { ReplicaID($0) })
        groups = (1...3).map {
            RaftGroup(
                id: ReplicaID($0), settings: Settings(), restored: .founding(configuration), seed: $0, now: .zero)
        }
    }

    mutating func settle() {
        var isBusy = true
        while isBusy {
            isBusy = false
            for position in groups.indices {
                while let ready = groups[position].takeReady() {
                    isBusy = true
                    if let persist = ready.persist { groups[position].persisted(persist.id, now: now) }
                    committed[position] += ready.committed
                    reads += ready.reads
                    if let last = ready.committed.last { groups[position].applied(through: last.index, now: now) }
                    for message in ready.messages {
                        groups[Int(message.to.rawValue) - 1].receive(message, now: now)
                    }
                }
            }
        }
    }
}

@Suite("A group of three voters")
struct ThreeVoterTests {
    @Test("one that has lost what it acknowledged says so, and takes no part any more")
    func forgets() throws {
        var trio = Trio()
        trio.groups[0].campaign(now: .zero)
        trio.settle()
        for number in 1...5 { _ = try trio.groups[0].propose([UInt8(number)], now: .zero) }
        trio.settle()
        #expect(trio.groups.allSatisfy { $0.forgotten == nil })
        trio.groups[1] = RaftGroup(
            id: ReplicaID(2), settings: Settings(),
            restored: .founding(Configuration(voters: (1...3).map { ReplicaID($0) })), seed: 2, now: .zero)
        trio.now = Settings().heartbeatInterval
        trio.groups[0].tick(now: trio.now)
        trio.settle()
        #expect(trio.groups[1].forgotten == LogIndex(6))
        trio.groups[1].tick(now: .seconds(3600))
        #expect(trio.groups[1].takeReady()?.messages.isEmpty ?? true, "it asks for no vote")
        #expect(trio.groups[2].forgotten == nil)
    }

    @Test("elects, replicates, reads and hands over")
    func life() throws {
        var trio = Trio()
        trio.groups[0].campaign(now: .zero)
        trio.settle()
        #expect(trio.groups[0].isLeader)
        #expect(trio.groups.map(\.leaderID) == [ReplicaID(1), ReplicaID(1), ReplicaID(1)])
        for number in 1...5 { _ = try trio.groups[0].propose([UInt8(number)], now: .zero) }
        try trio.groups[0].read(ReadID(1), now: .zero)
        trio.settle()
        #expect(trio.committed[0].count == 6)
        #expect(trio.committed[1] == trio.committed[0])
        #expect(trio.committed[2] == trio.committed[0])
        #expect(trio.reads == [ReadState(id: ReadID(1), index: LogIndex(1))])
        var follower = trio.groups[1]
        #expect(throws: ProposalError.notLeader(hint: ReplicaID(1))) {
            _ = try follower.propose([1], now: .zero)
        }
        try trio.groups[0].transferLeadership(to: ReplicaID(3), now: .zero)
        trio.settle()
        #expect(trio.groups[2].isLeader)
        #expect(!trio.groups[0].isLeader)
    }

    @Test("replaces voters in one joint change, and the leader that leaves is succeeded at once")
    func replaces() throws {
        var trio = Trio()
        trio.groups[0].campaign(now: .zero)
        trio.settle()
        let joiner = RaftGroup(
            id: ReplicaID(4), settings: Settings(), restored: .joining, seed: 4, now: .zero)
        trio.groups.append(joiner)
        trio.committed.append([])
        try trio.groups[0].changeConfiguration(ConfigurationChange(.addLearner(ReplicaID(4))), now: .zero)
        trio.settle()
        #expect(trio.groups[3].configuration.learners == [ReplicaID(4)])
        for _ in 1...3 {
            trio.now += .milliseconds(150)
            trio.groups[0].tick(now: trio.now)
            trio.settle()
        }
        let change = ConfigurationChange([.promote(ReplicaID(4)), .remove(ReplicaID(1))])
        try trio.groups[0].changeConfiguration(change, now: trio.now)
        trio.settle()
        #expect(trio.groups[1].configuration == Configuration(voters: [2, 3, 4].map { ReplicaID($0) }))
        #expect(!trio.groups[0].isLeader)
        #expect(trio.groups.filter(\.isLeader).count == 1)
    }
}
