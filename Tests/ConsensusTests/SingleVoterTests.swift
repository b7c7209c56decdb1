import Consensus
import Testing

@Suite("A group of one voter")
struct SingleVoterTests {
    private func makeGroup(_ restored: Restored? = nil) -> RaftGroup {
        RaftGroup(
            id: ReplicaID(1), settings: Settings(),
            restored: restored ?? .founding(Configuration(voters: [ReplicaID(1)])), seed: 1, now: .zero)
    }

    private func take(_ group: inout RaftGroup) throws -> Ready {
        let ready = group.takeReady()
        return try #require(ready)
    }

    private func persist(_ group: inout RaftGroup) throws -> Persist {
        let ready = try take(&group)
        return try #require(ready.persist)
    }

    private func isQuiet(_ group: inout RaftGroup) -> Bool { group.takeReady() == nil }

    @Test("leads at once when asked to campaign, and needs no ticks while idle")
    func leadsAtOnce() throws {
        var group = makeGroup()
        #expect(group.nextDeadline != nil)
        group.campaign(now: .zero)
        #expect(group.status.role == .leader)
        let ready = try take(&group)
        let persist = try #require(ready.persist)
        #expect(persist.hardState == HardState(term: Term(1), vote: ReplicaID(1), commit: .zero))
        #expect(persist.entries.map(\.payload) == [.empty])
        #expect(ready.committed.isEmpty)
        group.persisted(persist.id, now: .zero)
        let after = try take(&group)
        #expect(after.persist == nil, "a commit index that moved is no reason to write")
        #expect(after.committed.map(\.index) == [LogIndex(1)])
        group.applied(through: LogIndex(1), now: .zero)
        let isQuiet = isQuiet(&group)
        #expect(isQuiet)
        #expect(group.nextDeadline == nil)
        #expect(group.status.isEstablished)
    }

    @Test("commits what it proposes once that is on disk, and reads without asking anyone")
    func commitsWhenDurable() throws {
        var group = makeGroup()
        group.campaign(now: .zero)
        let first = try persist(&group)
        group.persisted(first.id, now: .zero)
        let index = try group.propose([1, 2, 3], now: .zero)
        #expect(index == LogIndex(2))
        let ready = try take(&group)
        #expect(ready.committed.map(\.index) == [LogIndex(1)], "the proposal is not on disk yet")
        try group.read(ReadID(7), now: .zero)
        let answers = try take(&group).reads
        #expect(answers == [ReadState(id: ReadID(7), index: LogIndex(1))])
        group.persisted(try #require(ready.persist).id, now: .zero)
        let committed = try take(&group).committed
        #expect(committed.map(\.payload) == [.command([1, 2, 3])])
    }

    @Test("restarts where its disk says, and applies again what the state machine lost")
    func restarts() throws {
        let entries = (2...4).map { Entry(index: LogIndex($0), term: Term(2), payload: .command([UInt8($0)])) }
        let restored = Restored(
            hardState: HardState(term: Term(2), vote: ReplicaID(1), commit: LogIndex(2)),
            base: LogMark(index: LogIndex(1), term: Term(1)), configuration: Configuration(voters: [ReplicaID(1)]),
            entries: entries, applied: LogIndex(1))
        var group = makeGroup(restored)
        let committed = try take(&group).committed
        #expect(committed.map(\.index) == [LogIndex(2)])
        group.campaign(now: .zero)
        let persist = try persist(&group)
        group.persisted(persist.id, now: .zero)
        let rest = try take(&group).committed
        #expect(rest.map(\.index.rawValue) == [3, 4, 5])
    }

    @Test("does not let a learner know of its term before the term is on disk")
    func termBeforeAppends() throws {
        var group = makeGroup(
            .founding(Configuration(voters: [ReplicaID(1)], learners: [ReplicaID(2)])))
        group.campaign(now: .zero)
        let ready = try take(&group)
        #expect(ready.messages.isEmpty)
        group.persisted(try #require(ready.persist).id, now: .zero)
        let messages = try take(&group).messages
        #expect(messages.allSatisfy { $0.to == ReplicaID(2) && $0.term == Term(1) })
        #expect(!messages.isEmpty)
    }
}
