import ChaosChecker
import Foundation
import Testing

@Suite("What a caller may conclude from an answer, or from none")
struct AnswerTests {
    @Test(
        "the status says it, and for a node's own failures the body",
        arguments: [
            (200, "{}", Call.Outcome.done), (201, "", .done), (204, "", .done),
            (400, "{}", .refused), (401, "{}", .refused), (410, #"{"outcome": "unknown"}"#, .refused),
            (429, "", .refused),
            (503, #"{"outcome": "notApplied"}"#, .notApplied), (504, #"{"outcome": "notApplied"}"#, .notApplied),
            (503, #"{"outcome": "unknown"}"#, .unknown), (504, #"{"outcome": "unknown"}"#, .unknown),
            (500, #"{"outcome": "unknown"}"#, .unknown), (503, #"{"status": 503}"#, .unknown),
            (502, "<html>", .unknown),
            (503, #"{"outcome": 1}"#, .unknown),
        ] as [(Int, String, Call.Outcome)])
    func answers(status: Int, body: String, outcome: Call.Outcome) {
        #expect(Call.Outcome(status: status, body: Data(body.utf8)) == outcome)
    }

    @Test("without a connection nothing was said; a connection that broke may have carried everything")
    func failures() {
        #expect(Call.Outcome(.notConnected) == .notApplied)
        for errno in [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH] {
            #expect(Call.Outcome(.system(errno: errno)) == .notApplied)
        }
        for errno in [ECONNRESET, EPIPE, ETIMEDOUT] { #expect(Call.Outcome(.system(errno: errno)) == .unknown) }
        #expect(Call.Outcome(.other) == .unknown)
    }
}
