import Checks
import Coordinator
import HTTPTypes
import HummingbirdCore
import NIOCore

/// Adding users, as JSON or as a stream of any length.
extension Endpoints {
    var users: [Route] {
        [
            Route(
                .post, "/v1/users", "Add users, and mark them if asked", access: .token(.operator),
                query: [.service, QueryParameter("priority", .text(.lane), "of a stream; marks its rows")],
                body: .jsonOrRows(Self.addition, limit: HTTPLimits.usersBody),
                replies: [.json(200, "Counts, and the first rows that were not stored", .addition)],
                problems: [.invalidFields, .forbidden, .notFound, .conflict], perform: add),
            Route(
                .get, "/v1/users", "Users by state", access: .token(.operator),
                query: [
                    .service, QueryParameter("state", .text(.oneOf(TaskState.allCases.map(\.rawValue)))),
                    QueryParameter("priority", .text(.lane)), QueryParameter("prefix", .text(.screenName)), .limit,
                    .cursor,
                ],
                replies: [.json(200, "A page of users", .page(of: .listedUser))], problems: [.forbidden, .notFound]
            ) { call in
                let filter = UserFilter(
                    service: call.query.service, state: call.query["state"].flatMap { TaskState(rawValue: $0) },
                    lane: call.query.lane, prefix: call.query["prefix"]?.lowercased())
                let response = try await perform(.users(call.caller, filter, call.page))
                guard case .users(let page) = response else { throw UnexpectedResponse(response: response) }
                return .listing(page.items, next: page.next) { $1.write($0) }
            },
        ]
    }

    private static let addition = JSONSchema.object([
        .required(
            "users", .array(of: .any(described: .described(as: userRow)), count: 0...Int.max),
            "at most \(HTTPLimits.usersPerRequest); a row that is wrong is an invalid row"),
        .optional(
            "mark",
            .object([.required("service", .string(.serviceName)), .optional("priority", .string(.lane))])),
    ])

    private static let userRow = JSONSchema.object([
        .required("screenName", .string(.screenName)), .optional("accountID", .string(.accountID)),
    ])

    @Sendable
    private func add(_ call: Call) async throws -> Answer {
        if let stream = call.rows { return try await addStream(stream, call) }
        guard call.query["service"] == nil, call.query["priority"] == nil else {
            throw MalformedCall(
                .invalidRequest(
                    "service and priority belong to a stream; a JSON body has mark.",
                    field: call.query["service"] == nil ? "priority" : "service"))
        }
        let fields = try call.fields()
        let users = fields.value["users"]
        guard let users, users.count <= HTTPLimits.usersPerRequest else {
            throw MalformedCall(
                .tooLarge(
                    "One request may carry \(HTTPLimits.usersPerRequest) users; a stream may carry any number."))
        }
        var batch = ImportBatch()
        for (index, row) in users.elements.enumerated() { batch.judge(row, line: index + 1) }
        var tally = ImportTally()
        let marking = try fields.optionalObject("mark")?.marking()
        tally.add(batch, try await store(batch, call.caller, marking))
        return tally.answer
    }

    /// Reads a stream in batches: while one is stored the next is read, and no more than that is read ahead.
    private func addStream(_ stream: RowStream, _ call: Call) async throws -> Answer {
        do {
            _ = try await perform(.authenticate(call.caller, as: .operator))
            let isMarked = call.query["service"] != nil || call.query["priority"] != nil
            let marking = isMarked ? Marking(service: call.query.service, lane: call.query.lane ?? .normal) : nil
            return try await withThrowingTaskGroup(of: (ImportBatch, UserTally).self) { storing in
                var decoder: ImportDecoder = stream.format == .csv ? .csv(CSVDecoder()) : .ndjson(NDJSONDecoder())
                var tally = ImportTally()
                var batch = ImportBatch()
                for try await chunk in stream.chunks {
                    var chunk = chunk
                    // A chunk is as large as what had arrived: in pieces, so that no batch is more than a request may carry.
                    while let piece = chunk.readSlice(length: min(chunk.readableBytes, HTTPLimits.importPiece)),
                        piece.readableBytes > 0
                    {
                        try piece.withUnsafeReadableBytes { try decoder.push($0, into: &batch) }
                        guard batch.rows.count + batch.invalid.count >= HTTPLimits.importBatch else { continue }
                        while let (stored, counts) = try await storing.next() { tally.add(stored, counts) }
                        storing.addTask { [batch] in (batch, try await store(batch, call.caller, marking)) }
                        batch = ImportBatch()
                    }
                }
                while let (stored, counts) = try await storing.next() { tally.add(stored, counts) }
                try decoder.finish(into: &batch)
                tally.add(batch, try await store(batch, call.caller, marking))
                return tally.answer
            }
        } catch ImportError.header(let reason) {
            throw Problem.invalidFields("The CSV cannot be read: \(reason).", field: "screenName").closing()
        } catch let refusal as Refusal {
            throw Problem(refusal, trace: call.trace.traceID).closing()
        }
    }

    /// An empty batch is stored, too: it finds out whether the caller may and the service exists.
    private func store(_ batch: ImportBatch, _ caller: Caller, _ marking: Marking?) async throws -> UserTally {
        let response = try await perform(.addUsers(caller, batch.rows.map(\.user), mark: marking))
        guard case .added(let counts) = response else { throw UnexpectedResponse(response: response) }
        return counts
    }
}

/// What an import has come to so far.
struct ImportTally {
    private var counts = UserTally()
    private var invalidCount = 0
    private var invalid: [InvalidRow] = []

    mutating func add(_ batch: ImportBatch, _ stored: UserTally) {
        counts.added += stored.added
        counts.existing += stored.existing
        counts.marked += stored.marked
        let mismatches = stored.accountMismatches.filter(batch.rows.indices.contains).map { position in
            let row = batch.rows[position]
            return InvalidRow(line: row.line, value: row.user.screenName.folded, reason: .accountMismatch)
        }
        invalidCount += batch.invalid.count + mismatches.count
        guard invalid.count < HTTPLimits.invalidRowsShown else { return }
        let merged = (batch.invalid + mismatches).sorted { $0.line < $1.line }
        invalid += merged.prefix(HTTPLimits.invalidRowsShown - invalid.count)
    }

    var answer: Answer {
        .json {
            $0.field("added", counts.added)
            $0.field("existing", counts.existing)
            $0.field("marked", counts.marked)
            $0.field("invalidCount", invalidCount)
            $0.array("invalid") {
                for row in invalid {
                    $0.object {
                        $0.field("line", row.line)
                        $0.field("value", row.value)
                        $0.field("reason", row.reason.rawValue)
                    }
                }
            }
        }
    }
}
