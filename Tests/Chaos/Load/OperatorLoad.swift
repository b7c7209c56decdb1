import ChaosChecker
import Foundation
import NIOHTTP1
import SeededRandom

/// The operator at work: adds users, some of them urgent, deletes, marks again, rechecks.
struct OperatorLoad {
    let operate: Operator
    let recorder: Recorder
    let board: Board
    var random: SplitMix64
    private var added = 0

    init(operate: Operator, recorder: Recorder, board: Board, seed: UInt64) {
        self.operate = operate
        self.recorder = recorder
        self.board = board
        random = SplitMix64(seed: seed ^ 0x0F0F)
    }

    mutating func run() async {
        while !board.isEnding {
            await round()
            try? await Task.sleep(for: .milliseconds(Int.random(in: 50...250, using: &random)))
        }
    }

    private mutating func round() async {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<70: await add()
        case 70..<80: await names(.recheck, "/v1/rechecks", board.users(5, &random))
        case 80..<88: await names(.mark, "/v1/marks", board.users(5, &random), priority: "urgent")
        case 88..<96: await delete()
        default: await addAgain()
        }
    }

    private var waits: Bool {
        get async { (await operate.counts()?.waiting ?? .max) > Limits.waitingUsers }
    }

    private mutating func add() async {
        guard await !waits else { return }
        let users = (0..<Limits.addedAtOnce).map { "u_\(added + $0)" }
        added += users.count
        await add(users)
    }

    /// A user that there was, deleted or not.
    private mutating func addAgain() async { await add(board.users(3, &random)) }

    private mutating func add(_ users: [String]) async {
        guard !users.isEmpty else { return }
        let mark = Body.Addition.Mark(priority: random.happens(20) ? "urgent" : "normal")
        let body = Body.Addition(users: users.map { Body.User(screenName: $0) }, mark: mark)
        await insist(.add, .POST, "/v1/users", users, body)
        board.added(users)
    }

    private mutating func names(_ kind: Call.Kind, _ path: String, _ users: [String], priority: String = "normal") async
    {
        guard !users.isEmpty else { return }
        await insist(kind, .POST, path, users, Body.Names(priority: priority, users: users))
    }

    private mutating func delete() async {
        for user in board.users(1, &random) { await insist(.delete, .DELETE, "/v1/users/\(user)", [user], nil) }
    }

    private mutating func insist(
        _ kind: Call.Kind, _ method: HTTPMethod, _ path: String, _ users: [String], _ body: (any Encodable)?
    ) async {
        for _ in 0..<Limits.attempts where !board.isOver {
            let node = operate.directory.draw(&random)
            var call = await operate.send(method, path, to: node, body: body).call(kind, by: "operator")
            call.users = users
            recorder.record(call)
            if call.outcome == .done || call.outcome == .refused { return }
            try? await Task.sleep(for: .milliseconds(200))
        }
    }
}
