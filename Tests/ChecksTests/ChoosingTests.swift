import Checks
import HashRing
import SeededRandom
import Testing

@Suite("Which bucket a client gets is drawn, fair and not to be chosen")
struct ChoosingTests {
    private func grant(_ shards: Shards, _ volunteer: Volunteer, allowance: Int = 1000, lane: Lane = .normal) throws
        -> LeaseRecord?
    {
        let id = LeaseID(shard: shards.ids[0], secret: shards.random.draw())
        let order = GrantOrder(
            lease: id, client: volunteer.id, secret: volunteer.secret, service: .dmcheck, lane: lane,
            allowance: allowance,
            home: shards.ids[0], slot: SlotID(rawValue: 1), notAfter: shards.now.adding(seconds: 30))
        guard case .granted(let lease) = try shards.apply(.grant(order)) else { return nil }
        return lease
    }

    @Test("over 10^5 grants every bucket of an epoch is as likely as any other")
    func N12_grantsAreUniform() throws {
        var settings = ServiceSettings()
        settings.bucketSize = 1
        settings.coolDownSeconds = 0
        settings.maxAttempts = 1_000_000
        let seed: UInt64 = 12
        let shards = try Shards(seed: seed, settings: settings)
        let buckets = 20
        try shards.add((0..<buckets).map { "user\($0)" })
        let volunteer = Volunteer(1)
        var hits: [String: Int] = [:]
        let grants = 100_000
        for _ in 0..<grants {
            let lease = try #require(try grant(shards, volunteer))
            hits[lease.users[0].screenName.folded, default: 0] += 1
            try shards.apply(.giveBack(lease.id, volunteer.id, volunteer.secret))
        }
        // Chi-square over 19 degrees of freedom: 43.8 is the thousandth's quantile.
        let expected = Double(grants) / Double(buckets)
        let chiSquare = hits.values.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
        #expect(hits.count == buckets)
        #expect(chiSquare < 43.8, "seed \(seed), chi-square \(chiSquare)")
    }

    @Test("the oldest epoch is emptied before a younger one is touched")
    func T_7_5_3_olderPoolFirst() throws {
        var settings = ServiceSettings()
        settings.bucketSize = 2
        let shards = try Shards(settings: settings)
        try shards.add((0..<10).map { "old\($0)" })
        shards.advance(seconds: 600)
        try shards.add((0..<10).map { "new\($0)" })
        var order: [Bool] = []
        while let lease = try grant(shards, Volunteer(1)) {
            order.append(lease.users[0].screenName.folded.hasPrefix("old"))
        }
        #expect(order == Array(repeating: true, count: 5) + Array(repeating: false, count: 5))
    }

    @Test("a bucket that comes back stands in its old epoch, ahead of younger ones")
    func I6_backIntoItsEpoch() throws {
        var settings = ServiceSettings()
        settings.bucketSize = 2
        let shards = try Shards(settings: settings)
        try shards.add(["old1", "old2"])
        let lease = try #require(try grant(shards, Volunteer(1)))
        shards.advance(seconds: 1500)
        try shards.add(["new1", "new2"])
        try shards.apply(.release([LeaseDeadline(lease: lease.id, deadline: lease.deadline)]))
        #expect(try grant(shards, Volunteer(2))?.users.map(\.screenName.folded) == ["old1", "old2"])
    }

    @Test("giving back buys no new draw of the same users during the cool-down; an expired lease excludes nobody")
    func N12_coolDown() throws {
        let shards = try Shards()
        try shards.add(["a", "b", "c"])
        let (one, two) = (Volunteer(1), Volunteer(2))
        let lease = try #require(try grant(shards, one))
        try shards.apply(.giveBack(lease.id, one.id, one.secret))
        #expect(try shards.apply(.giveBack(lease.id, one.id, one.secret)) == .done)
        #expect(try grant(shards, one) == nil)
        try shards.add(["d"])
        #expect(try grant(shards, one)?.users.map(\.screenName.folded) == ["d"])
        let other = try #require(try grant(shards, two))
        #expect(other.users.count == 3)
        shards.advance(seconds: 1500)
        try shards.apply(.release([LeaseDeadline(lease: other.id, deadline: other.deadline)]))
        #expect(try grant(shards, two)?.users.count == 3)
    }

    @Test("after the cool-down the same users may come again")
    func N12_coolDownEnds() throws {
        let shards = try Shards()
        try shards.add(["a", "b", "c"])
        let one = Volunteer(1)
        let lease = try #require(try grant(shards, one))
        try shards.apply(.giveBack(lease.id, one.id, one.secret))
        shards.advance(seconds: 3600)
        try shards.apply(.purge)
        #expect(try grant(shards, one)?.users.count == 3)
    }

    @Test("exclusions follow users that are moved to the urgent lane")
    func N12_exclusionsFollowUsers() throws {
        let shards = try Shards()
        try shards.add(["a", "b", "c"])
        let (one, two) = (Volunteer(1), Volunteer(2))
        let lease = try #require(try grant(shards, one))
        try shards.apply(.giveBack(lease.id, one.id, one.secret))
        try shards.apply(.mark([name("a")], Marking(service: .dmcheck, lane: .urgent)))
        #expect(try grant(shards, one, lane: .urgent) == nil)
        #expect(try grant(shards, two, lane: .urgent)?.users.map(\.screenName.folded) == ["a"])
    }

    @Test("a bucket larger than the client's window is split, and no user is lost or doubled")
    func F4_splitsLargerBuckets() throws {
        let shards = try Shards()
        try shards.add((0..<180).map { "user\($0)" })
        var seen: [ScreenName] = []
        for number in 1...4 {
            let lease = try #require(try grant(shards, Volunteer(UInt64(number)), allowance: 50))
            #expect(lease.users.count == (number == 4 ? 30 : 50))
            seen += lease.users.map(\.screenName)
        }
        #expect(seen.count == 180 && Set(seen).count == 180)
        #expect(try grant(shards, Volunteer(9)) == nil)
    }

    @Test("a user waiting in a normal bucket is moved to the urgent lane, a leased one only when its lease dies")
    func F6_urgentMovesUsers() throws {
        let shards = try Shards()
        let urgent = Marking(service: .dmcheck, lane: .urgent)
        try shards.add((0..<180).map { "user\($0)" })
        try shards.apply(.mark([name("user5")], urgent))
        #expect(try shards.user("user5")?.tasks.first?.lane == .urgent)
        #expect(try shards.counts().bucketed == 180)
        let lease = try #require(try grant(shards, Volunteer(1)))
        #expect(lease.users.count == 179)
        try shards.apply(.mark([name("user7")], urgent))
        #expect(try grant(shards, Volunteer(2), lane: .urgent)?.users.map(\.screenName.folded) == ["user5"])
        #expect(try grant(shards, Volunteer(2), lane: .urgent) == nil)
        shards.advance(seconds: 1500)
        try shards.apply(.release([LeaseDeadline(lease: lease.id, deadline: lease.deadline)]))
        #expect(try grant(shards, Volunteer(2), lane: .urgent)?.users.map(\.screenName.folded) == ["user7"])
        #expect(try grant(shards, Volunteer(2))?.users.count == 178)
    }

    @Test("while both lanes wait three of any four successive grants are urgent, the first among them")
    func N5_threeOfFour() throws {
        var settings = ServiceSettings()
        settings.bucketSize = 1
        settings.maxOutstanding = 100
        let shards = try Shards(settings: settings)
        let one = Volunteer(1)
        try shards.register(one)
        try shards.add((0..<30).map { "normal\($0)" })
        try shards.add((0..<90).map { "urgent\($0)" }, mark: .urgent)
        var lanes: [Character] = []
        for _ in 0..<20 { lanes += try shards.lease(one).map { $0.users[0].screenName.folded.first ?? "?" } }
        #expect(String(lanes) == "uuunuuunuuunuuunuuun")
        for start in 0...16 { #expect(lanes[start..<start + 4].count { $0 == "u" } == 3) }
    }
}
