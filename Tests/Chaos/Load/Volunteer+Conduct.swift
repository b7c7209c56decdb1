import ChaosChecker
import Foundation
import NIOHTTP1
import SeededRandom

/// What volunteers do with a lease, as volunteers do.
extension Volunteer {
    mutating func treat(_ grant: Call.Grant) async {
        switch board.misconduct {
        case .dying: return await comingAgain(grant)
        case .late: return expire(grant)
        case .stranger: return await strange(grant)
        case .lying: return await posing(grant)
        case nil: break
        }
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<45: await whole(grant)
        case 45..<55: await renewed(grant)
        case 55..<63: await giveBack(grant.id)
        case 63..<69: await released(grant)
        case 69..<79: await dying(grant)
        case 79..<83: break  // It is never heard of again.
        case 83..<87: postpone(grant)
        case 87..<92: await strange(grant)
        case 92..<97: await lying(grant)
        default: await twice(grant)
        }
    }

    /// All of it, in one to three parts.
    mutating func whole(_ grant: Call.Grant) async {
        let rows = verdicts(grant.users)
        let size = max(1, rows.count / Int.random(in: 1...3, using: &random))
        for start in stride(from: 0, to: rows.count, by: size) {
            await report(grant.id, Array(rows[start..<min(start + size, rows.count)]))
            await pause(0.01...0.05)
        }
    }

    private mutating func renewed(_ grant: Call.Grant) async {
        let rows = verdicts(grant.users)
        await report(grant.id, Array(rows.prefix(rows.count / 2)))
        await renew(grant.id)
        await pause(0.1...0.5)
        await report(grant.id, Array(rows.dropFirst(rows.count / 2)))
    }

    /// A part, and the rest goes back.
    private mutating func released(_ grant: Call.Grant) async {
        await report(grant.id, verdicts(grant.users.prefix(grant.users.count / 2)), release: true)
    }

    /// Ends in the middle of a submit; half of them come back and submit again.
    private mutating func dying(_ grant: Call.Grant) async {
        let rows = verdicts(grant.users)
        await report(grant.id, rows, attempts: 1, patience: random.seconds(0.0005...0.02))
        if random.happens(50) { await report(grant.id, rows) }
    }

    /// Ends in the middle of a submit; whoever starts in its place knows its name and secret, asks what it holds and goes on.
    private mutating func comingAgain(_ grant: Call.Grant) async {
        await report(grant.id, verdicts(grant.users), attempts: 1, patience: random.seconds(0.0005...0.02))
        await pause(0.05...0.5)
        for held in await recollect() where held.id == grant.id { await whole(held) }
    }

    /// Waits until the lease has certainly expired, and reports then.
    private mutating func expire(_ grant: Call.Grant) {
        late.append((grant.deadline + Double(Limits.graceSeconds) + random.seconds(Limits.lateBy), grant))
    }

    /// Waits until the lease is over, or nearly, and reports then.
    private mutating func postpone(_ grant: Call.Grant) {
        late.append((grant.deadline + random.seconds(-0.5...Double(Limits.graceSeconds) + 4), grant))
    }

    mutating func reportLate() async {
        let now = Date().timeIntervalSince1970
        let due = late.filter { $0.due <= now }
        late.removeAll { $0.due <= now }
        for (_, grant) in due { await report(grant.id, verdicts(grant.users)) }
    }

    /// Reports under somebody else's lease first, renews it and gives it back.
    private mutating func strange(_ grant: Call.Grant) async {
        if let other = board.lease(notOf: id, &random) {
            await report(other.id, verdicts(other.users))
            if random.happens(30) { await renew(other.id) }
            if random.happens(30) { await giveBack(other.id) }
        }
        await whole(grant)
    }

    /// Names users that it was not given, and leases that never were.
    private mutating func lying(_ grant: Call.Grant) async {
        await report("none-\(number)-\(random.next())", verdicts(grant.users), attempts: 2)
        await report(grant.id, verdicts(grant.users + board.users(2, &random).filter { !grant.users.contains($0) }))
    }

    /// Says that it is somebody else, with its own secret, then that it is somebody who cannot be; and lies about the lease.
    private mutating func posing(_ grant: Call.Grant) async {
        let other = String(Self.firstID + 1 + number % Limits.volunteers)
        for (method, path, body) in [
            (.PUT, "/v1/clients/\(other)", registration), (.GET, "/v1/leases", nil),
            (.DELETE, "/v1/leases/\(grant.id)", nil),
        ] as [(HTTPMethod, String, Body.Registration?)] {
            await expectRefusal(method, path, token: "\(other).\(secret)", body: body)
        }
        for nobody in ["0", "-1", "18446744073709551616", "1%00"] {
            await expectRefusal(.PUT, "/v1/clients/\(nobody)", token: token, body: registration)
        }
        await lying(grant)
        await whole(grant)
    }

    private mutating func expectRefusal(_ method: HTTPMethod, _ path: String, token: String, body: Body.Registration?)
        async
    {
        let reply = await caller.send(method, path, to: directory.draw(&random), token: token, body: body)
        if reply.outcome == .done {
            board.complain("\(method) \(path) of \(actor) in another's name was answered \(reply.status ?? 0)")
        }
    }

    /// Two processes of one identity that submit the same at once, one after the other's answer or before it.
    private mutating func twice(_ grant: Call.Grant) async {
        let rows = verdicts(grant.users)
        var other = self
        async let second = { () -> Void in await other.report(grant.id, rows) }()
        await report(grant.id, rows)
        await second
    }
}
