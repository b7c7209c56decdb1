import Checks
import ClusterSimulation
import Coordinator
import HashRing
import Testing

@Suite("The registry")
struct RegistryTests {
    @Test("a new cluster has the service that checks messages, a paused sample, and default settings")
    func N1_founding() throws {
        let test = try TestNode()
        guard case .success(.services(let services)) = try test.answer(to: .services(test.operatorCaller)) else {
            Issue.record("no services")
            return
        }
        #expect(services.map(\.name.text) == ["dmcheck", "profile-sample"])
        #expect(services.map(\.state) == [.active, .paused])
        guard case .success(.settings(let settings)) = try test.answer(to: .settings(test.operatorCaller)) else {
            Issue.record("no settings")
            return
        }
        #expect(settings == ClusterSettings())
    }

    @Test("a change is in every shard before it is answered")
    func N1_changesReachShards() throws {
        let test = try TestNode()
        let change = ServiceChange(schema: nil, settings: [.init(name: .bucketSize, value: 20)])
        _ = try test.answer(to: .putService(test.operatorCaller, .dmcheck, change))
        let configured = test.script.commands.compactMap { entry -> (ShardID, Int?)? in
            guard case .configure(let domain) = entry.command else { return nil }
            return (entry.shard, domain.services.first { $0.name == .dmcheck }?.settings.bucketSize)
        }
        #expect(Set(configured.map(\.0)) == Set(test.shards))
        #expect(configured.allSatisfy { $0.1 == 20 })
    }

    @Test("settings out of range are refused by name")
    func outOfRange() throws {
        let test = try TestNode()
        let change = ServiceChange(schema: nil, settings: [.init(name: .bucketSize, value: 0)])
        guard
            case .failure(.invalidFields(let field, _)) = try test.answer(
                to: .putService(test.operatorCaller, .dmcheck, change))
        else {
            Issue.record("taken")
            return
        }
        #expect(field == "bucketSize")
    }

    @Test(
        "a lease that would be longer than it may ever become is refused, by the setting that was changed",
        arguments: [
            ([ServiceChange.Setting(name: .leaseSeconds, value: 7201)], "leaseSeconds"),
            ([ServiceChange.Setting(name: .maxLeaseSeconds, value: 1199)], "maxLeaseSeconds"),
            (
                [
                    ServiceChange.Setting(name: .maxLeaseSeconds, value: 60),
                    ServiceChange.Setting(name: .leaseSeconds, value: 61),
                ], "leaseSeconds"
            ),
        ])
    func contradiction(settings: [ServiceChange.Setting], field: String) throws {
        let test = try TestNode()
        let change = ServiceChange(schema: nil, settings: settings)
        guard
            case .failure(.invalidFields(let named, _)) = try test.answer(
                to: .putService(test.operatorCaller, .dmcheck, change))
        else {
            Issue.record("taken")
            return
        }
        #expect(named == field)
    }

    @Test("a revoked service stays revoked")
    func N1_revoked() throws {
        let test = try TestNode()
        _ = try test.answer(to: .setServiceState(test.operatorCaller, .dmcheck, .revoked))
        guard case .failure(.conflict) = try test.answer(to: .setServiceState(test.operatorCaller, .dmcheck, .active))
        else {
            Issue.record("resumed")
            return
        }
    }

    @Test("an invite is used only by clients that need one, once each, and not more often than it says")
    func invites() throws {
        let test = try TestNode()
        var settings = ClusterSettings()
        settings.enrollment = .invite
        _ = try test.answer(to: .putSettings(test.operatorCaller, settings))
        guard
            case .success(.invite(let text, _)) = try test.answer(
                to: .createInvite(test.operatorCaller, uses: 1, expiresInSeconds: 60))
        else {
            Issue.record("no invite")
            return
        }
        #expect(text.utf8.count == 22)
        test.script.onCommand = { command, _ in
            guard case .register(let id, let registration) = command else { return nil }
            guard registration.invited else { return .refused(.inviteRequired) }
            return .registered(record(of: id), created: true)
        }
        func register(_ id: UInt64, _ invite: String?) throws -> Result<Response, Refusal> {
            let registration = Registration(screenName: "me", secret: .simulated(2), capability: nil, invited: false)
            return try test.answer(to: .register(ClientID(rawValue: id), registration, invite: invite))
        }
        #expect(try register(1, nil).refusal == .inviteRequired)
        #expect(try register(1, "guessed").refusal == .inviteRequired)
        #expect(try register(1, text).refusal == nil)
        #expect(try register(1, text).refusal == nil, "the same client again costs nothing")
        #expect(try register(2, text).refusal == .inviteRequired)
    }

    @Test("an invite ends at its time")
    func invitesExpire() throws {
        let test = try TestNode()
        var settings = ClusterSettings()
        settings.enrollment = .invite
        _ = try test.answer(to: .putSettings(test.operatorCaller, settings))
        guard
            case .success(.invite(let text, _)) = try test.answer(
                to: .createInvite(test.operatorCaller, uses: 5, expiresInSeconds: 60))
        else {
            Issue.record("no invite")
            return
        }
        test.script.onCommand = { command, _ in
            guard case .register(let id, let registration) = command else { return nil }
            return registration.invited ? .registered(record(of: id), created: true) : .refused(.inviteRequired)
        }
        try test.node.run(for: .seconds(61))
        let registration = Registration(screenName: "me", secret: .simulated(2), capability: nil, invited: false)
        let answer = try test.answer(to: .register(ClientID(rawValue: 1), registration, invite: text))
        #expect(answer.refusal == .inviteRequired)
    }

    private func record(of id: ClientID) -> ClientRecord {
        let now = Timestamp(milliseconds: 0)
        return ClientRecord(
            id: id, screenName: "me", state: .active, reason: nil, firstRegisteredAt: now, lastRegisteredAt: now,
            lastAccessAt: now, capability: Capability(), statistics: ClientStatistics())
    }
}
