import Checks
import HashRing
import Testing

@Suite("Commands survive their encoding, and what is not understood halts")
struct EncodingTests {
    private let lease: LeaseID
    private let shard: ShardID

    init() throws {
        shard = try #require(ShardID(rawValue: 3))
        lease = LeaseID(shard: shard, secret: UInt128(1) << 127 | 5)
    }

    private var commands: [Command] {
        let client = ClientID(rawValue: 9_999_999_999_999_999_999)
        let hash = secret(4)
        let marking = Marking(service: .dmcheck, lane: .urgent)
        let slot = SlotID(rawValue: UInt64.max)
        let row = ReportedResult(
            screenName: name("abc_def_ghi_jkl"), accountID: AccountID("0012"), verdict: .suspended,
            followsChecker: true,
            checkedAt: Timestamp(milliseconds: -5), note: "a note: äö")
        var cluster = ClusterSettings()
        cluster.enrollment = .invite
        cluster.malfunction.enabled = false
        var settings = ServiceSettings()
        settings.maxConnections = 7
        let service = Service(name: .dmcheck, schema: .verdict, state: .paused, settings: settings)
        return [
            .configure(DomainConfiguration(version: 8, services: [service], settings: cluster)), .digest, .jobStep,
            .purge,
            .inbox(
                source: shard, first: 4,
                events: [
                    .leaseDead(client: client, slot: slot, lease: lease, at: Timestamp(milliseconds: 5)),
                    .leaseEnded(
                        client: client, slot: slot, lease: lease, ending: .done, users: 180,
                        at: Timestamp(milliseconds: 6)),
                    .resultsAccepted(
                        client: client, counts: [VerdictCount(verdict: .nonDM, count: 3)], agreeing: 1, judged: 2,
                        at: Timestamp(milliseconds: 7)),
                    .faults(client: client, fault: .malformed, count: 2, lease: lease, at: Timestamp(milliseconds: 8)),
                ]),
            .outboxDelivered(target: shard, through: 77),
            .register(
                client,
                Registration(
                    screenName: "Me", secret: hash,
                    capability: Capability(usersPerWindow: 5, windowSeconds: 6, maxBuckets: 0, services: []),
                    invited: true)),
            .register(client, Registration(screenName: "Me", secret: hash, capability: nil, invited: false)),
            .reserve(
                Reservation(
                    client: client, secret: hash, service: .dmcheck, count: 3,
                    key: Reservation.Key(key: "", body: [1, 2]), urgentShards: [shard], normalShards: [],
                    slotsConfirmed: true)),
            .ask(slot: slot, after: lease, shard: shard),
            .granted(slot: slot, lease: lease, users: 4, deadline: Timestamp(milliseconds: 9)),
            .exhausted(slot: slot, lease: lease), .fault(client, .unknownBucket, count: 1, lease: nil),
            .fault(client, .notOwnBucket, count: 1, lease: lease), .touch([client, ClientID(rawValue: 1)]),
            .beginUnregister(client, by: .client(hash)), .beginUnregister(client, by: .operatorUnregisters),
            .beginUnregister(client, by: .operatorResets), .slotCancelled(slot: slot, lease: lease),
            .finishUnregister(client, generation: 3), .quarantine(client, reason: "why"), .reinstate(client),
            .addUsers(
                [
                    UserReference(screenName: name("a"), accountID: AccountID("9999999999999999999")),
                    UserReference(screenName: name("B_1")),
                ],
                mark: marking),
            .addUsers([], mark: nil), .mark([name("a"), name("b")], marking), .markUnmarked(marking),
            .recheck([name("a")], marking), .recheckOlder(than: Timestamp(milliseconds: 3), marking),
            .deleteUser(name("a")),
            .grant(
                GrantOrder(
                    lease: lease, client: client, secret: hash, service: .dmcheck, lane: .urgent, allowance: 9,
                    home: shard,
                    slot: slot, notAfter: Timestamp(milliseconds: 4))),
            .fence(lease, client: client), .cancel(lease, client: client),
            .report(
                lease, client, hash, rows: [row, ReportedResult(screenName: name("b"), verdict: .dm)], release: true),
            .renew(lease, client, hash), .giveBack(lease, client, hash),
            .lapse([LeaseDeadline(lease: lease, deadline: Timestamp(milliseconds: 1))]), .release([]),
        ]
    }

    @Test("every command is read back as it was written")
    func roundTrip() throws {
        for command in commands {
            let envelope = CommandEnvelope(
                stamp: Timestamp(milliseconds: 1_700_000_000_123), draw: Draw(rawValue: UInt128.max - 3),
                command: command)
            #expect(try CommandEnvelope(encoded: envelope.encoded()) == envelope)
        }
    }

    @Test("a later version, an unknown command and bytes that are no entry are told apart")
    func unknown() throws {
        let entry = CommandEnvelope(
            stamp: Timestamp(milliseconds: 1), draw: Draw(rawValue: 1), command: .purge
        ).encoded()
        var later = entry
        let version = try #require(later.firstIndex(of: 8).map { $0 + 1 })
        later[version] = 2
        #expect(throws: CommandDecodingError.unknownVersion(2)) { try CommandEnvelope(encoded: later) }
        #expect(throws: CommandDecodingError.unknownCommand) { try CommandEnvelope(encoded: [8, 1]) }
        #expect(throws: CommandDecodingError.self) { try CommandEnvelope(encoded: [255, 255, 255]) }
    }

    @Test("an entry cut short anywhere never passes for another one and never traps")
    func truncated() {
        for command in commands {
            let bytes = CommandEnvelope(
                stamp: Timestamp(milliseconds: 5), draw: Draw(rawValue: 5), command: command
            ).encoded()
            for length in 0..<bytes.count {
                _ = try? CommandEnvelope(encoded: Array(bytes[..<length]))
            }
            #expect(!bytes.isEmpty)
        }
    }

    @Test("a machine that meets an entry it does not know halts, and goes on from its last commit")
    func halts() throws {
        let machine = try ShardMachine(path: nil, shard: shard, tombstoneKey: Shards.tombstoneKey)
        #expect(throws: CommandDecodingError.self) { try machine.apply([(1, 1, [8, 1])]) }
        #expect(throws: CommandDecodingError.self) { try machine.apply([(2, 1, nil)]) }
        #expect(machine.appliedIndex == 0)
    }
}
