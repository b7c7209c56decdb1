import NIOCore
import NIOHTTP1
import Node
import TestSupport
import Testing

@Suite("Importing and exporting")
struct ImportTests {
    @Test("a CSV stream: added, existing, invalid by line, marked when the query says so")
    func csv() async throws {
        try await TestNode.run { node in
            var text = "screenName,accountID\r\n"
            for number in 0..<5000 { text += "user\(number),\(1_000_000 + number)\r\n" }
            text += "USER7,1000007\r\n"
            text += "not a name,1\r\n"
            text += "thisnameistoolong1,2\r\n"
            text += "user9,77\r\n"
            text += "\"quoted_1\",\r\n"
            let answer = try await node.api.raw(
                .POST, "/v1/users?service=dmcheck&priority=normal", token: node.api.operatorToken,
                body: ByteBuffer(string: text),
                headers: [("content-type", "text/csv")])
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.json["added"].int == 5001)
            #expect(answer.json["existing"].int == 1)
            #expect(answer.json["marked"].int == 5001)
            #expect(answer.json["invalidCount"].int == 3)
            let invalid = answer.json["invalid"].array
            #expect(invalid.map { $0["line"].int } == [5003, 5004, 5005])
            #expect(invalid.last?["reason"].string == "accountMismatch")
            let counts = try await node.counts()
            #expect((counts["pending"].int ?? 0) + (counts["bucketed"].int ?? 0) == 5001)
        }
    }

    @Test("an NDJSON stream without a service marks nothing")
    func ndjson() async throws {
        try await TestNode.run { node in
            let lines = (0..<1200).map { "{\"screenName\":\"n\($0)\"}" } + ["{\"screenName\":7}", "nonsense", ""]
            let answer = try await node.api.raw(
                .POST, "/v1/users", token: node.api.operatorToken,
                body: ByteBuffer(string: lines.joined(separator: "\n")),
                headers: [("content-type", "application/x-ndjson")])
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.json["added"].int == 1200)
            #expect(answer.json["marked"].int == 0)
            #expect(answer.json["invalidCount"].int == 2)
            #expect(answer.json["invalid"].array.map { $0["line"].int } == [1201, 1202])
            #expect(try await node.counts()["unmarked"].int == 1200)
        }
    }

    @Test("an export holds every user once, in both formats")
    func export() async throws {
        try await TestNode.run { node in
            try await node.add(names(1500))
            let volunteer = try await node.registered(1)
            let lease = try await volunteer.take()
            _ = try await volunteer.report(lease.id, of: lease.names, verdict: "dm")
            let ndjson = try await node.api.operate(.GET, "/v1/export?format=ndjson").text.split(separator: "\n")
            #expect(ndjson.count == 1500)
            #expect(ndjson.filter { $0.contains("\"verdict\":\"dm\"") }.count == lease.names.count)
            let csv = try await node.api.operate(.GET, "/v1/export?format=csv").text.split(whereSeparator: \.isNewline)
            #expect(csv.count == 1501)
            #expect(csv[0].hasPrefix("screenName,accountID,state,verdict"))
            #expect(csv.filter { $0.contains(volunteer.id) }.count == lease.names.count)
        }
    }

    @Test("one request carries at most 18,000 users, and a bad row is an invalid row")
    func jsonBatch() async throws {
        try await TestNode.run { node in
            let answer = try await node.api.operate(
                .POST, "/v1/users",
                ["users": [["screenName": "good"], ["screenName": "b a d"], ["screenName": .null], 3]])
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.json["added"].int == 1)
            #expect(answer.json["invalidCount"].int == 3)
            #expect(answer.json["invalid"].array.map { $0["line"].int } == [2, 3, 4])
            let many = (0...18_000).map { JSON.object(["screenName": .string("m\($0)")]) }
            #expect(try await node.api.operate(.POST, "/v1/users", ["users": .array(many)]).status == 413)
        }
    }
}
