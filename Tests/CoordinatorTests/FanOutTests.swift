import Checks
import ClusterSimulation
import Coordinator
import HashRing
import Testing

@Suite("Requests that concern many shards")
struct FanOutTests {
    private func users(_ count: Int) -> [UserReference] {
        (0..<count).compactMap { ScreenName("user\($0)").map { UserReference(screenName: $0) } }
    }

    @Test("users are split by shard into bounded commands, summed up, and rows named as the request numbered them")
    func adding() throws {
        let test = try TestNode()
        let odd = try #require(ScreenName("user777"))
        test.script.onCommand = { command, shard in
            guard case .addUsers(let rows, _) = command else { return nil }
            #expect(rows.count <= 500)
            #expect(rows.allSatisfy { test.node.identity.placement(.user($0.screenName)) == shard })
            var tally = UserTally()
            tally.added = rows.count
            tally.accountMismatches = rows.indices.filter { rows[$0].screenName == odd }
            return .added(tally)
        }
        let answer = try test.answer(to: .addUsers(test.operatorCaller, users(3000), mark: nil))
        guard case .success(.added(let tally)) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(tally.added == 3000)
        #expect(tally.accountMismatches == [777])
    }

    @Test("more rows than one request may carry are refused, and nothing is committed")
    func tooMany() throws {
        let test = try TestNode()
        let answer = try test.answer(to: .addUsers(test.operatorCaller, users(18_001), mark: nil))
        guard case .failure(.invalidFields(let field, _)) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(field == "users")
        #expect(test.script.exchange.isEmpty)
    }

    @Test("unknown users are named in the order of the request")
    func unknownUsers() throws {
        let test = try TestNode()
        let names = users(50).map(\.screenName)
        test.script.onCommand = { command, _ in
            guard case .mark(let rows, _) = command else { return nil }
            var tally = MarkTally()
            tally.unknown = rows.reversed()
            return .marked(tally)
        }
        let marking = Marking(service: .dmcheck, lane: .normal)
        guard case .success(.marked(let tally)) = try test.answer(to: .mark(test.operatorCaller, names, marking)) else {
            Issue.record("not marked")
            return
        }
        #expect(tally.unknown == names)
    }

    @Test("a listing goes through the shards in order, page by page, and ends")
    func listing() throws {
        let test = try TestNode()
        test.script.onQuery = { query, shard in
            guard case .users(_, let page) = query else { return nil }
            let from = page.after.map { Int($0[0]) } ?? 0
            let all = (0..<5).compactMap { ScreenName("s\(shard)_\($0)") }
            let part = all[from...].prefix(page.limit)
            let next = from + part.count
            return .users(
                Listing(
                    items: part.map {
                        UserListItem(user: UserReference(screenName: $0), state: .pending, lane: .normal, attempt: 0)
                    }, next: next < all.count ? [UInt8(next)] : nil))
        }
        var names: [String] = []
        var cursor: [UInt8]?
        var pages = 0
        repeat {
            let page = PageRequest(cursor: cursor, limit: 3)
            guard
                case .success(.users(let listing)) = try test.answer(
                    to: .users(test.operatorCaller, UserFilter(service: .dmcheck), page))
            else {
                Issue.record("no page")
                return
            }
            #expect(listing.items.count <= 3)
            names += listing.items.map(\.user.screenName.folded)
            cursor = listing.next
            pages += 1
        } while cursor != nil && pages < 100
        #expect(names == test.shards.flatMap { shard in (0..<5).map { "s\(shard)_\($0)" } })
    }

    @Test(
        "what is no cursor of this listing is refused",
        arguments: [[1], [1, 1, 0, 1, 0], [9, 2, 0, 1, 0], [1, 2, 0, 200, 0]] as [[UInt8]])
    func badCursor(cursor: [UInt8]) throws {
        let test = try TestNode()
        let page = PageRequest(cursor: cursor, limit: 3)
        let answer = try test.answer(to: .users(test.operatorCaller, UserFilter(service: .dmcheck), page))
        guard case .failure(.invalidRequest(let field, _)) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(field == "cursor")
    }

    @Test("counts of all shards are added up")
    func counts() throws {
        let test = try TestNode()
        test.script.onQuery = { query, _ in
            guard case .counts = query else { return nil }
            var counts = ShardCounts()
            counts.done = 2
            counts.byVerdict = [VerdictCount(verdict: .dm, count: 2)]
            return .counts(counts)
        }
        guard case .success(.counts(let counts)) = try test.answer(to: .counts(test.operatorCaller, .dmcheck)) else {
            Issue.record("no counts")
            return
        }
        #expect(counts.done == 8)
        #expect(counts.byVerdict == [VerdictCount(verdict: .dm, count: 8)])
    }
}
