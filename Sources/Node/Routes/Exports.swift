import Checks
import Coordinator
import HTTPTypes
import HummingbirdCore
import NIOCore

/// Everything, streamed page by page: the next page is asked for when the peer has taken the one before.
extension Endpoints {
    var exports: [Route] {
        [
            Route(
                .get, "/v1/export", "Every user, streamed", access: .token(.operator),
                query: [.service, QueryParameter("format", .text(.oneOf(["ndjson", "csv"])), "ndjson if not given")],
                replies: [
                    .text("application/x-ndjson", "A line for each user", lines: .exportedUser),
                    .text("text/csv", "With a header"),
                ],
                problems: [.forbidden, .notFound], perform: export)
        ]
    }

    @Sendable
    private func export(_ call: Call) async throws -> Answer {
        let isCSV = call.query["format"] == "csv"
        let service = call.query.service
        // The bound that comes with the first page goes for those after it, which are read when the header has left.
        let stale = StaleRead.current
        let first = try await exportPage(call.caller, service, after: nil)
        return .stream(isCSV ? "text/csv; charset=utf-8" : "application/x-ndjson") { writer in
            if isCSV { try await writer.write(ByteBuffer(string: ExportCSV.header)) }
            var page = first
            while true {
                if !page.items.isEmpty {
                    let bytes = isCSV ? ExportCSV.lines(page.items) : Self.ndjson(page.items)
                    try await writer.write(ByteBuffer(bytes: bytes))
                }
                guard let next = page.next else { return }
                page = try await StaleRead.$current.withValue(stale) {
                    try await exportPage(call.caller, service, after: next)
                }
            }
        }
    }

    private func exportPage(
        _ caller: Caller, _ service: ServiceName, after cursor: [UInt8]?
    ) async throws -> Listing<ExportRow> {
        let response = try await perform(
            .export(caller, service, PageRequest(cursor: cursor, limit: HTTPLimits.exportPage)))
        guard case .export(let page) = response else { throw UnexpectedResponse(response: response) }
        return page
    }

    private static func ndjson(_ rows: [ExportRow]) -> [UInt8] {
        var json = JSONWriter(capacity: rows.count * 128)
        for row in rows {
            json.write(row)
            json.endLine()
        }
        return json.bytes
    }
}

/// An export as CSV. No field can hold a comma or a quote: names, ids, words and times only.
enum ExportCSV {
    static let header = "screenName,accountID,state,verdict,conditional,validFrom,clients\r\n"

    static func lines(_ rows: [ExportRow]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(rows.count * 80)
        for row in rows {
            let fields = [
                row.user.screenName.folded, row.user.accountID?.digits ?? "", row.state.rawValue,
                row.verdict?.name ?? "", row.conditional ? "true" : "false", row.validFrom?.text ?? "",
                row.clients.map(\.description).joined(separator: " "),
            ]
            bytes.append(contentsOf: fields.joined(separator: ",").utf8)
            bytes.append(contentsOf: [0x0D, 0x0A])
        }
        return bytes
    }
}
