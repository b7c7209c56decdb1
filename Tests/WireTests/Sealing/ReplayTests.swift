import SeededRandom
import Testing
import Wire

@Suite("replayed datagrams")
struct ReplayTests {
    @Test("a datagram is opened once, in whatever order datagrams arrive")
    func once() throws {
        var random = Chance(seed: 4)
        var alice = try SealTests.seal(1)
        var bob = try SealTests.seal(2)
        var sealed = try (0..<500).map { try alice.seal([UInt8(truncatingIfNeeded: $0)]) }
        sealed.shuffle(using: &random)
        for bytes in sealed { _ = try bob.open(bytes) }
        for bytes in sealed { #expect(throws: SealError.replayed) { try bob.open(bytes) } }
    }

    @Test("what is older than the window is refused, seen or not")
    func window() throws {
        var alice = try SealTests.seal(1)
        var bob = try SealTests.seal(2)
        let sealed = try (0...ReplayWindow.width).map { _ in try alice.seal([]) }
        _ = try bob.open(sealed[Int(ReplayWindow.width)])
        #expect(throws: SealError.replayed) { try bob.open(sealed[0]) }
        _ = try bob.open(sealed[1])
    }

    @Test("the window agrees with a set of all that was seen", arguments: 1...4)
    func windowAgainstSet(seed: UInt64) {
        var random = Chance(seed: seed)
        var window = ReplayWindow()
        var seen: Set<UInt64> = [0]
        var newest: UInt64 = 0
        for round in 0..<50_000 {
            let jump = UInt64(random.index(below: random.chance(1, in: 50) ? 5_000 : 40))
            let counter =
                random.chance(1, in: 2) ? newest + jump : newest - min(newest, UInt64(random.index(below: 1_200)))
            let isExpected = !seen.contains(counter) && (counter > newest || newest - counter < ReplayWindow.width)
            #expect(window.admit(counter) == isExpected, "seed \(seed), round \(round)")
            if isExpected { seen.insert(counter) }
            newest = max(newest, counter)
        }
    }

    @Test("the largest counter is taken as any other")
    func lastCounter() {
        var window = ReplayWindow()
        #expect(window.admit(.max) && !window.admit(.max) && window.admit(.max - 1) && !window.admit(1))
    }

    @Test("a sender that started again is heard, and nothing of its earlier life")
    func restart() throws {
        var bob = try SealTests.seal(2)
        var earlier = try SealTests.seal(1, boot: 1, salt: 9)
        var later = try SealTests.seal(1, boot: 2, salt: 3)
        _ = try bob.open(earlier.seal([1]))
        let late = try earlier.seal([2])
        _ = try bob.open(later.seal([3]))
        #expect(throws: SealError.replayed) { try bob.open(late) }
        #expect(throws: SealError.replayed) { try bob.open(earlier.seal([4])) }
        #expect(try bob.open(later.seal([5])).plain == [5])
    }

    @Test("of two processes that take themselves for one start, everybody hears the same one")
    func copiedFolder() throws {
        var bob = try SealTests.seal(2)
        var carol = try SealTests.seal(3)
        var lesser = try SealTests.seal(1, salt: 3)
        var greater = try SealTests.seal(1, salt: 9)
        _ = try bob.open(lesser.seal([1]))
        _ = try bob.open(greater.seal([2]))
        _ = try carol.open(greater.seal([2]))
        let late = try lesser.seal([3])
        #expect(throws: SealError.replayed) { try bob.open(late) }
        #expect(throws: SealError.replayed) { try carol.open(late) }
    }

    @Test("a node's own datagram, shown to it, is refused")
    func reflected() throws {
        var alice = try SealTests.seal(1)
        #expect(throws: SealError.replayed) { try alice.open(alice.seal([1])) }
    }

    @Test("senders are remembered up to a bound, and whoever was heard longest ago is forgotten first")
    func manySenders() throws {
        var bob = try SealTests.seal(0)
        var first: [[UInt8]] = []
        for sender in 1...(WireLimits.senders + 1) {
            var seal = try SealTests.seal(UInt128(sender))
            first.append(try seal.seal([]))
            _ = try bob.open(first[sender - 1])
        }
        #expect(bob.senderCount == WireLimits.senders)
        #expect(throws: SealError.replayed) { try bob.open(first[1]) }
        #expect(throws: SealError.replayed) { try bob.open(first[WireLimits.senders]) }
    }
}
