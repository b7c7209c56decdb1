import Checks
import Coordinator
import HTTPTypes

/// Reporting what was found.
extension Endpoints {
    var results: [Route] {
        [
            Route(
                .post, "/v1/leases/{lease}/results", "Report results; rows are judged one by one",
                access: .token(.client),
                body: .json(Self.report, limit: HTTPLimits.resultsBody, wrongType: .invalidFields),
                replies: [.json(200, "What became of each row", .receipt)],
                problems: [.invalidFields, .leaseNotYours, .leaseGone],
                whenMalformed: { .malformedReport($0) }, perform: report)
        ]
    }

    private static let report = JSONSchema.object([
        .required("results", .array(of: .any(described: .described(as: ReportRow.schema)), count: 0...Int.max)),
        .optional("release", .boolean, "give back what is not reported; false if not given"),
    ])

    @Sendable
    private func report(_ call: Call) async throws -> Answer {
        let fields = try call.fields()
        guard let given = fields.value["results"] else {
            throw Problem.invalidFields("results is missing.", field: "results")
        }
        let count = given.count
        guard count <= HTTPLimits.rowsPerReport else {
            throw MalformedCall(
                .tooLarge("One report may carry \(HTTPLimits.rowsPerReport) rows."))
        }
        var report = ReportRows(capacity: count)
        for row in given.elements { report.judge(row) }
        if count > 0, report.wellFormed == 0 {
            throw MalformedCall(
                .invalidFields("None of the rows is well-formed.", field: "results"))
        }
        let request = Request.report(
            call.caller, try await lease(of: call), rows: report.rows,
            release: try fields.optionalBoolean("release") ?? false)
        let response = try await perform(request)
        guard case .reported(let receipt) = response else { throw UnexpectedResponse(response: response) }
        let rejected = report.rejected(with: receipt)
        return .json {
            $0.field("accepted", receipt.accepted)
            $0.field("replayed", receipt.replayed)
            $0.field("discarded", receipt.discarded)
            $0.array("rejected") {
                for row in rejected {
                    $0.object {
                        $0.field("index", row.index)
                        $0.field("screenName", row.screenName)
                        $0.field("reason", row.reason.rawValue)
                    }
                }
            }
            $0.field("remaining", receipt.remaining)
            $0.field("state", receipt.state.rawValue)
        }
    }
}
