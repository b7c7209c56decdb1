import Testing
import Wire

/// What sealing costs in time. A member of a large cluster sends and hears some two datagrams a second; a forger sends
/// as many as the network carries, each of which costs a derivation.
@Suite("the cost of sealing", .serialized)
struct SealCostTests {
    /// The time of a refusal contains what the test library does with each error; a node's does not.
    @Test("sealing, opening and refusing take microseconds")
    func seal() throws {
        var alice = try SealTests.seal(1)
        var bob = try SealTests.seal(2)
        let plain = [UInt8](repeating: 0, count: 53)
        let sealing = try cost(2_000) { try alice.seal(plain).count }
        let both = try cost(2_000) { try bob.open(alice.seal(plain)).plain.count }
        var mallory = try SealTests.seal(9)
        var forged = try mallory.seal(plain)
        forged[60] ^= 1
        let refusing = cost(2_000) { (try? bob.open(forged)) == nil ? 1 : 0 }
        print("datagram of 53 bytes, ns: sealing \(sealing), opening \(both - sealing), refusing a forged \(refusing)")
        #if !DEBUG
            #expect(sealing < 100_000 && both < 200_000 && refusing < 400_000)
        #endif
    }
}
