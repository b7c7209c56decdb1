import ChaosChecker
import Foundation
import Testing

@Suite("What older runs have saved can still be read")
struct SavedRunTests {
    @Test("a call without what was added since")
    func call() throws {
        let text = """
            {"kind":"register","discarded":0,"start":1.5,"outcome":"done","asked":0,"release":false,"accepted":0,"users":[],
            "rows":[],"replayed":0,"node":"n4","rejected":[],"status":201,"grants":[],"end":2,"actor":"volunteer 5","client":"5"}
            """
        let call = try JSONDecoder().decode(Call.self, from: Data(text.utf8))
        #expect(call.kind == .register)
        #expect(call.malformed == nil)
        #expect(call.isAbandoned == nil)
    }

    @Test("settings, a client and a replica without what was added since")
    func state() throws {
        let decoder = JSONDecoder()
        let settings = try decoder.decode(
            Settings.self, from: Data(#"{"graceSeconds": 3, "clockSlackSeconds": 0.25}"#.utf8))
        #expect(settings.graceSeconds == 3)
        #expect(settings.clockSlackSeconds == 0.25)
        #expect(settings.unknownEffectSeconds == 30)
        #expect(settings.shards == 16)
        #expect(settings.replicas == 3)
        let client = try decoder.decode(
            FinalState.Client.self, from: Data(#"{"assigned": 2, "done": 1, "released": 1, "held": 0}"#.utf8))
        #expect(client.state == nil)
        let replica = try decoder.decode(FinalState.Replica.self, from: Data(#"{"node": "n1", "digest": "aa"}"#.utf8))
        #expect(replica.index == nil)
        let final = try decoder.decode(
            FinalState.self,
            from: Data(#"{"users": {}, "exported": ["a"], "clients": {}, "waiting": 2, "shards": {}}"#.utf8))
        #expect(!final.hasEnded)
        #expect(final.exported == ["a"])
        #expect(final.waiting == 2)
    }

    @Test("settings come back as they were saved")
    func settings() throws {
        let saved = Settings(graceSeconds: 1, clockSlackSeconds: 2, unknownEffectSeconds: 3, shards: 4, replicas: 5)
        let read = try JSONDecoder().decode(Settings.self, from: try JSONEncoder().encode(saved))
        #expect(read.graceSeconds == 1)
        #expect(read.clockSlackSeconds == 2)
        #expect(read.unknownEffectSeconds == 3)
        #expect(read.shards == 4)
        #expect(read.replicas == 5)
    }
}
