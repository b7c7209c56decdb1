import Foundation
import NIOCore

extension Run {
    /// A registered volunteer: its id and its whole token.
    struct Enrolled: Sendable {
        let client: String
        let token: String
    }

    /// Raises the limits that would measure themselves, and registers the volunteers.
    func enrol(_ node: NodeProcess, _ connection: OperatorConnection) async throws -> [Enrolled] {
        try await connection.call(
            "PATCH", "/v1/settings",
            body: Array(#"{"requestsPerSecondPerClient":100000,"registrationsPerMinutePerSource":1000}"#.utf8))
        var enrolled: [Enrolled] = []
        for number in 1...Limits.volunteers {
            let client = String(7000 + number)
            let secret = String(repeating: "s", count: 40) + client
            let body = """
                {"screenName":"bench_\(number)","secret":"\(secret)","capability":\
                {"usersPerWindow":1000000,"windowSeconds":900,"maxBuckets":10,"services":["dmcheck"]}}
                """
            try await connection.call("PUT", "/v1/clients/\(client)", body: Array(body.utf8), expecting: [200, 201])
            enrolled.append(Enrolled(client: client, token: "\(client).\(secret)"))
        }
        return enrolled
    }

    /// All volunteers as fast as they can, then at half of that, each lease at its time.
    mutating func load(
        _ node: NodeProcess, _ connection: OperatorConnection, _ volunteers: [Enrolled], limit: Double
    ) async throws {
        note("\(volunteers.count) volunteers, as fast as they can")
        let before = node.figures()
        let syncsBefore = try await syncs(connection)
        let ownBefore = ProcessFigures(of: ProcessInfo.processInfo.processIdentifier)
        let full = try await volunteer(volunteers, users: Int(Double(users) * Limits.loadShare), usersPerSecond: nil)
        let after = node.figures()
        let syncsAfter = try await syncs(connection)
        let ownAfter = ProcessFigures(of: ProcessInfo.processInfo.processIdentifier)
        guard full.users > 0 else { throw Failure.unexpected("the volunteers were given no users") }

        let checked = Double(full.users)
        let rate = checked / full.seconds
        figures += [
            Figure("rawSQLite", limit, "users/s", "raw SQLite on this disk, a row for each result"),
            Figure("leaseAndSubmit", rate, "users/s", "lease and submit, \(volunteers.count) volunteers over TLS"),
            Figure(
                "leaseAndSubmitShare", 100 * rate / limit, "%", goal: .atLeast(60), "the same, as a share of raw SQLite"
            ),
            Figure(
                "nodeProcessorPerUser", 1e6 * (after.processorSeconds - before.processorSeconds) / checked, "us",
                "processor time of the node for each checked user"),
            Figure(
                "clientProcessorPerUser", 1e6 * (ownAfter.processorSeconds - ownBefore.processorSeconds) / checked,
                "us",
                "processor time of the measuring client for each"),
            Figure(
                "bytesWrittenPerUser", Double(after.writtenBytes - before.writtenBytes) / checked, "bytes",
                "bytes written to the disk for each checked user"),
        ]
        if let syncsBefore, let syncsAfter {
            figures.append(
                Figure("fsyncsPerUser", (syncsAfter - syncsBefore) / checked, "", "fsyncs for each checked user"))
        }
        if full.refused > 0 { note("\(full.refused) leases were refused or empty") }

        note("at half of that")
        let left = users - full.users
        let steady = try await volunteer(volunteers, users: left * 4 / 5, usersPerSecond: rate / 2)
        figures += [
            Figure("leaseP50", steady.lease.milliseconds(at: 0.5), "ms", "lease at half of that load, p50"),
            Figure("leaseP99", steady.lease.milliseconds(at: 0.99), "ms", "lease at half of that load, p99"),
            Figure("submitP50", steady.report.milliseconds(at: 0.5), "ms", "submit at half of that load, p50"),
            Figure("submitP99", steady.report.milliseconds(at: 0.99), "ms", "submit at half of that load, p99"),
        ]
    }

    /// Checks whatever is left, and makes sure that nothing was lost.
    mutating func checkTheRest(_ node: NodeProcess, _ connection: OperatorConnection, _ volunteers: [Enrolled])
        async throws
    {
        note("the rest")
        var left = try await openTasks(connection)
        for _ in 0..<5 where left > 0 {
            _ = try await volunteer(volunteers, users: left, usersPerSecond: nil)
            left = try await openTasks(connection)
        }
        let counts = try await counts(connection)
        guard counts.done == users else {
            throw Failure.unexpected(
                "\(counts.done) of \(users) users are done, \(counts.failed) failed, \(left) are left")
        }
        let figuresNow = node.figures()
        figures += [
            Figure(
                "residentMemory", Double(figuresNow.residentBytes) / 1e6, "MB", goal: .atMost(200),
                "memory of the node when all are checked"),
            Figure("peakResidentMemory", Double(figuresNow.peakResidentBytes) / 1e6, "MB", "the most it has had"),
        ]
    }

    private func openTasks(_ connection: OperatorConnection) async throws -> Int {
        let counts = try await counts(connection)
        return counts.pending + counts.bucketed + counts.leased
    }

    /// What all volunteers have done together.
    struct Outcome {
        var users = 0
        var seconds = 0.0
        var lease = Latencies()
        var report = Latencies()
        var refused = 0
    }

    private func volunteer(_ volunteers: [Enrolled], users: Int, usersPerSecond: Double?) async throws -> Outcome {
        let endpoint = try Endpoint(
            host: "127.0.0.1", port: port, authority: "\(folder)/n1/data/certs/ca.pem", group: group)
        return try await volunteer(volunteers, at: [endpoint], users: users, usersPerSecond: usersPerSecond)
    }

    /// Lets the volunteers check so many users in all, at most, at so many a second or as fast as they can, each at one of
    /// the nodes.
    func volunteer(
        _ volunteers: [Enrolled], at endpoints: [Endpoint], users: Int, usersPerSecond: Double?
    ) async throws -> Outcome {
        // By then every connection has its handshake behind it.
        let begin = NIODeadline.now() + .milliseconds(500)
        let period = usersPerSecond.map { rate in
            TimeAmount.nanoseconds(Int64(1e9 * Double(Limits.bucketSize * volunteers.count) / rate))
        }
        let share = (users + volunteers.count - 1) / volunteers.count
        let tallies = try await withThrowingTaskGroup(of: Volunteer.Tally.self) { tasks in
            for (number, enrolled) in volunteers.enumerated() {
                // Spread over a period, so that they do not all knock at once.
                let offset = TimeAmount.nanoseconds(
                    (period?.nanoseconds ?? 0) * Int64(number) / Int64(volunteers.count))
                let endpoint = endpoints[number % endpoints.count]
                let order = Volunteer.Order(
                    client: enrolled.client, token: enrolled.token, host: "\(endpoint.host):\(endpoint.port)",
                    begin: begin + offset, users: share, end: begin + .seconds(Int64(Limits.phaseSeconds)),
                    period: period)
                tasks.addTask { try await endpoint.volunteer(order) }
            }
            return try await tasks.reduce(into: []) { $0.append($1) }
        }
        var outcome = Outcome()
        for tally in tallies {
            outcome.users += tally.users
            outcome.seconds = max(outcome.seconds, Double((tally.ended - begin).nanoseconds) / 1e9)
            outcome.lease.merge(tally.leaseLatencies)
            outcome.report.merge(tally.reportLatencies)
            outcome.refused += tally.refusals.values.reduce(0, +)
        }
        return outcome
    }

    /// How often the node has waited for the disk so far, by its own word.
    func syncs(_ connection: OperatorConnection) async throws -> Double? {
        let text = try await connection.call("GET", "/metrics").text
        let values = text.split(separator: "\n").compactMap { line -> Double? in
            let name = line.prefix { $0 != " " && $0 != "{" }
            guard name == "dmcheck_store_fsyncs_total" else { return nil }
            return line.split(separator: " ").last.flatMap { Double($0) }
        }
        return values.isEmpty ? nil : values.reduce(0, +)
    }
}

extension Endpoint {
    /// Runs one volunteer on a connection of its own, to its end.
    fileprivate func volunteer(_ order: Volunteer.Order) async throws -> Volunteer.Tally {
        let done = group.next().makePromise(of: Volunteer.Tally.self)
        do {
            _ = try await connect { Volunteer(order, done: done) }
        } catch {
            done.fail(error)
        }
        return try await done.futureResult.get()
    }
}
