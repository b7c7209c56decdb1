import Foundation
import NIOHTTP1
import TestSupport
import Testing

@Suite("SIGTERM: what is under way is answered, what was acknowledged is there, exit 0", .serialized)
struct TerminationTests {
    /// What a node takes at most to answer what is under way and to close its files; a service manager waits three
    /// times as long before it kills.
    static let limit: Duration = .seconds(30)

    @Test("under load, again and again: nothing acknowledged is missing, nothing is left to be recovered")
    func underLoad() async throws {
        try await NodeProcess.run { node, api in
            _ = try await api.operate(.PATCH, "/v1/settings", ["registrationsPerMinutePerSource": 100_000])
            _ = try await api.operate(
                .PUT, "/v1/services/dmcheck", ["bucketSize": 10, "coolDownSeconds": 0, "maxOutstanding": 100])
            let ledger = Ledger()
            let work = Workload(api: api, ledger: ledger)
            for number in 0..<8 { try await work.register(number) }
            var slowest = Duration.zero
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 { group.addTask { try await work.volunteer(number) } }
                group.addTask { try await work.importer() }
                for _ in 0..<5 {
                    await ledger.waitForAcknowledgements(60)
                    let began = ContinuousClock.now
                    let status = await onThread { node.terminate() }
                    slowest = max(slowest, ContinuousClock.now - began)
                    #expect(status == 0)
                    #expect(
                        try Self.writeAhead(in: node.folder) == [], "every file is whole without its write-ahead file")
                    try #require(try await node.start().served)
                    work.resume()
                }
                work.finish()
                try await group.waitForAll()
            }
            print("slowest stop \(slowest), \(ledger.summary)")
            #expect(slowest < Self.limit)
            try await ledger.check(against: api)
        }
    }

    @Test("a report of which half has arrived is answered, and what it says is there afterwards")
    func reportUnderWay() async throws {
        try await NodeProcess.run(arguments: ["--insecure-http"]) { node, api in
            let (volunteer, lease) = try await Self.lease(api)
            let rows: [JSON] = lease.names.map { ["screenName": .string($0), "verdict": "dm"] }
            let body = try JSONEncoder().encode(JSON.object(["results": .array(rows)]))
            let head = """
                POST /v1/leases/\(lease.id)/results HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.count)\r
                Authorization: Bearer \(volunteer.token)\r\nExpect: 100-continue\r\n\r\n
                """
            let answer = try #require(
                await onThread { () -> String? in
                    guard let socket = RawSocket(port: node.port, patience: 10) else { return nil }
                    socket.send(Array(head.utf8) + body.prefix(20))
                    // It asks for the rest: from here on the report is under way.
                    guard socket.receive().starts(with: Array("HTTP/1.1 100".utf8)) else { return nil }
                    node.askToStop()
                    while RawSocket(port: node.port, patience: 1) != nil {}
                    socket.send(Array(body.dropFirst(20)))
                    return String(decoding: socket.receiveToEnd(), as: UTF8.self)
                })
            #expect(answer.hasPrefix("HTTP/1.1 200"), "\(answer)")
            #expect(answer.contains("\"accepted\":\(rows.count)"), "\(answer)")
            #expect(await onThread { node.waitUntilExit() } == 0)
            try #require(try await node.start().served)
            for name in lease.names {
                let verdicts = try await api.operate(.GET, "/v1/users/\(name)").json["verdicts"].array
                #expect(verdicts.map { $0["verdict"] } == ["dm"])
            }
        }
    }

    @Test("a client that waits for work is told at once that nothing has happened, and to ask again")
    func longPoll() async throws {
        try await NodeProcess.run(arguments: ["--insecure-http"]) { node, api in
            let volunteer = Volunteer(api, 1)
            try await volunteer.register()
            let request = Self.poll(by: volunteer, "Expect: 100-continue\r\n")
            let began = ContinuousClock.now
            let answer = try #require(
                await onThread { () -> String? in
                    guard let socket = RawSocket(port: node.port, patience: 20) else { return nil }
                    socket.send(Array(request.utf8))
                    guard socket.receive().starts(with: Array("HTTP/1.1 100".utf8)) else { return nil }
                    node.askToStop()
                    return String(decoding: socket.receiveToEnd(), as: UTF8.self)
                })
            #expect(answer.hasPrefix("HTTP/1.1 503"), "\(answer)")
            #expect(answer.contains("\"outcome\":\"notApplied\"") && answer.contains("Retry-After: "), "\(answer)")
            #expect(await onThread { node.waitUntilExit() } == 0)
            #expect(ContinuousClock.now - began < .seconds(15), "it does not wait until the poll is over")
        }
    }

    /// The node hears that nobody listens before, while or after it begins to wait; in each case it does not wait.
    @Test("a client that closes its side right after it asked to wait is answered at once", .timeLimit(.minutes(1)))
    func closedLongPoll() async throws {
        try await NodeProcess.run(arguments: ["--insecure-http"]) { node, api in
            let volunteer = Volunteer(api, 1)
            try await volunteer.register()
            let request = Self.poll(by: volunteer)
            for _ in 0..<20 {
                let answer = await onThread { () -> String? in
                    guard let socket = RawSocket(port: node.port, patience: 5) else { return nil }
                    socket.send(Array(request.utf8))
                    socket.finishSending()
                    return String(decoding: socket.receiveToEnd(), as: UTF8.self)
                }
                try #require(answer?.contains("\"outcome\":\"notApplied\"") == true, "\(answer ?? "no connection")")
            }
        }
    }

    /// A request that waits for work, as it goes over the connection; `further` header lines with their ends.
    private static func poll(by volunteer: Volunteer, _ further: String = "") -> String {
        """
        POST /v1/leases HTTP/1.1\r\nHost: localhost\r\nContent-Length: 18\r
        Authorization: Bearer \(volunteer.token)\r\n\(further)\r\n{"waitSeconds":30}
        """
    }

    /// A registered volunteer with a lease.
    private static func lease(_ api: API) async throws -> (Volunteer, JSON) {
        _ = try await api.operate(.PUT, "/v1/services/dmcheck", ["bucketSize": 10])
        // Users of one prefix may be in many shards; the first bucket formed is as good as any.
        let names: [JSON] = (0..<10).map { ["screenName": .string("user\($0)")] }
        _ = try await api.operate(.POST, "/v1/users", ["users": .array(names), "mark": ["service": "dmcheck"]])
        let volunteer = Volunteer(api, 1)
        try await volunteer.register()
        return (volunteer, try await volunteer.take())
    }

    /// The write-ahead files in a data folder that still hold something.
    private static func writeAhead(in folder: String) throws -> [String] {
        guard let files = FileManager.default.enumerator(atPath: folder) else { return ["no folder"] }
        return try files.compactMap { $0 as? String }.filter { $0.hasSuffix("-wal") }.filter { name in
            let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/" + name)
            return attributes[.size] as? Int != 0
        }
    }
}
