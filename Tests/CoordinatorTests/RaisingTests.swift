import Coordinator
import HashRing
import Testing
import Wire

@Suite("What holds for all members once all of them are ready: new gossip keys, new versions of commands")
struct RaisingTests {
    private static let token: [UInt8] = [UInt8](repeating: 9, count: 32)

    /// A registry of members whose programs apply commands up to these versions.
    private func registry(programs: [UInt32], inForce: UInt32 = 0) throws -> Registry {
        var state = WireRegistryState()
        state.format = 1
        state.version = 5
        state.cluster = "c"
        state.shardCount = 4
        state.replicationFactor = 3
        state.nextReplica = 10
        state.stateVersion = inForce
        state.settings.enrollment = "open"
        state.members = programs.enumerated().map { member($0 + 1, program: $1) }
        var token = WireRegistryJoinToken()
        token.digestBytes = Self.token
        token.uses = 10
        token.expiresAt = .max
        state.joinTokens = [token]
        var key = WireRegistryGossipKey()
        key.number = 1
        key.keyBytes = [1]
        state.secrets.gossip = [key]
        return try Registry(image: state.bytes())
    }

    private func member(_ number: Int, program: UInt32) -> WireRegistryMember {
        var member = WireRegistryMember()
        member.nodeBytes = NodeID(rawValue: UInt128(number)).bytes
        member.name = "n\(number)"
        member.http = "127.0.0.1:\(7470 + 10 * number)"
        member.peer = "127.0.0.1:\(7471 + 10 * number)"
        member.weight = 1
        member.state = "active"
        member.stateVersion = program
        return member
    }

    private func apply(_ command: WireRegistryEntry.OneOf_Command, to registry: inout Registry) throws {
        var entry = WireRegistryEntry()
        entry.format = 1
        entry.command = command
        try registry.replay([entry.bytes()])
    }

    @Test("the version of commands rises when the last program knows it, and never falls")
    func version() throws {
        var mixed = try registry(programs: [2, 2, 0])
        #expect(mixed.stateVersion == 1)
        try apply(.raiseStateVersion(2), to: &mixed)
        #expect(mixed.stateVersion == 1)
        try apply(.member(member(3, program: 3)), to: &mixed)
        try apply(.raiseStateVersion(3), to: &mixed)
        #expect(mixed.stateVersion == 1, "two programs know 2 only")
        try apply(.raiseStateVersion(2), to: &mixed)
        #expect(mixed.stateVersion == 2)
        try apply(.raiseStateVersion(1), to: &mixed)
        #expect(mixed.stateVersion == 2)
        try apply(.member(member(3, program: 1)), to: &mixed)
        #expect(mixed.members.map(\.stateVersion) == [2, 2, 3], "an older program is not a member's any more")
    }

    @Test("a node whose program is too old is not taken in")
    func tooOld() throws {
        var registry = try registry(programs: [2, 2], inForce: 2)
        var join = WireRegistryJoin()
        join.digestBytes = Self.token
        join.member = member(7, program: 1)
        try apply(.join(join), to: &registry)
        #expect(registry.members.count == 2)
        join.member = member(7, program: 2)
        try apply(.join(join), to: &registry)
        #expect(registry.members.count == 3)
    }

    @Test("a new gossip key opens at once and seals when it is promoted; the one before still opens")
    func gossipKey() throws {
        var registry = try registry(programs: [1, 1])
        var numbers: [UInt32] { registry.secrets.gossip.map(\.number) }
        try apply(.rotation(to: [2]), to: &registry)
        #expect(numbers == [1, 2])
        #expect(registry.secrets.sealingKey?.number == 1)
        #expect(registry.secrets.gossip.last?.since == registry.version)
        // Another one before the first is everywhere: that one never seals.
        try apply(.rotation(to: [3]), to: &registry)
        #expect(numbers == [1, 3])
        try apply(.promoteGossipKey(2), to: &registry)
        #expect(registry.secrets.sealingKey?.number == 1)
        try apply(.promoteGossipKey(3), to: &registry)
        #expect(registry.secrets.sealingKey?.bytes == [3])
        #expect(numbers == [1, 3])
        try apply(.rotation(to: [4]), to: &registry)
        #expect(numbers == [1, 3, 4])
        try apply(.promoteGossipKey(4), to: &registry)
        #expect(numbers == [3, 4])
        #expect(registry.secrets.sealingKey?.number == 4)
    }
}
