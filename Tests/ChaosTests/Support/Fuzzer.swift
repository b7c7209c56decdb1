import Foundation
import SeededRandom

/// Sends bad input to every call of a node and keeps what was answered otherwise than it should be.
///
/// None of it may have an effect: what could be well-formed by chance is sent with a token that nobody has, and what
/// is sent with an operator's token is refused for its form, or only reads.
struct Fuzzer {
    /// A call of the interface, with something in place of each parameter that names nothing.
    struct Call {
        var method: String
        var target: String
    }

    let port: Int
    let input: BadInput
    let calls: [Call]
    let operatorToken: String
    /// Whatever was answered with a status of 500 or above, with what was sent.
    private(set) var failures: [String] = []
    private(set) var sent = 0
    private(set) var answered = 0

    init(port: Int, input: BadInput, calls: [Call], operatorToken: String) {
        self.port = port
        self.input = input
        self.calls = calls
        self.operatorToken = operatorToken
    }

    private static let stranger = "op-root." + String(repeating: "x", count: 43)

    /// Everything that is in the corpus, once, at every call.
    mutating func playCorpus() {
        for request in input.requests { play(request) }
        // An empty body is none, and some calls want none.
        let bodies = (input.malformed + input.misshapen).filter { !$0.isEmpty }
        for call in calls {
            for body in bodies { play(call, body, token: operatorToken) }
        }
        for target in input.targets { play("GET", target, token: operatorToken) }
        for call in calls where call.method != "GET" {
            for body in BadInput.extremes { play(call, body, token: operatorToken) }
        }
    }

    /// So many mutations, or as many as there is time for.
    mutating func playMutations(_ count: Int, until end: ContinuousClock.Instant, using random: inout SplitMix64) {
        let bodies = input.malformed.filter { $0.count < 4096 } + input.misshapen
        for _ in 0..<count where ContinuousClock.now < end {
            switch Int.random(in: 0..<4, using: &random) {
            case 0: play(random.mutate(random.draw(input.requests), with: input.requests))
            case 1: play("GET", random.mutate(random.draw(input.targets), with: input.targets), token: operatorToken)
            case 2: play("GET", random.query(of: random.draw(calls).target), token: operatorToken)
            default:
                guard let call = calls.randomElement(using: &random) else { return }
                play(call, random.mutate(random.draw(bodies), with: bodies), token: Self.stranger)
            }
        }
    }

    private mutating func play(_ call: Call, _ body: [UInt8], token: String) {
        play(call.method, Array(call.target.utf8), token: token, body: body)
    }

    private mutating func play(_ method: String, _ target: [UInt8], token: String, body: [UInt8]? = nil) {
        var head = "\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer \(token)\r\n".utf8.map { $0 }
        if let body { head += Array("Content-Length: \(body.count)\r\n".utf8) }
        play(Array("\(method) ".utf8) + target + Array(" HTTP/1.1".utf8) + head + Array("\r\n".utf8) + (body ?? []))
    }

    /// One request on a connection of its own, which is closed on this side when it has been sent.
    private mutating func play(_ request: [UInt8]) {
        sent += 1
        guard let socket = RawSocket(port: port, patience: 2) else {
            failures.append("no connection for \(Self.shown(request))")
            return
        }
        socket.send(request)
        socket.finishSending()
        let answer = socket.receiveToEnd()
        if answer.starts(with: Array("HTTP/1.1 ".utf8)) { answered += 1 }
        if answer.contains(Array("HTTP/1.1 5".utf8)) {
            failures.append("\(Self.shown(answer)) to \(Self.shown(request))")
        }
    }

    private static func shown(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.prefix(400), as: UTF8.self).debugDescription
    }
}

extension SplitMix64 {
    fileprivate mutating func draw<Element>(_ elements: [Element]) -> Element where Element: Sendable {
        elements[Int.random(in: elements.indices, using: &self)]
    }

    /// A target with one parameter that some call knows and a value that none expects.
    fileprivate mutating func query(of target: String) -> [UInt8] {
        let names = ["cursor", "limit", "from", "to", "asOf", "prefix", "state", "service", "digest", "consistency"]
        let alphabet = Array("ABCxyz019-_%+:.TZ".utf8)
        let value = (0..<Int.random(in: 0...40, using: &self)).map { _ in draw(alphabet) }
        return Array("\(target)?\(draw(names))=".utf8) + value
    }
}
