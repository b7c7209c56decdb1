import Checks
import Node
import SeededRandom
import Testing

@Suite("A stream of users is read in chunks of any size")
struct ImportDecoderTests {
    @Test("CSV: quotes, CRLF, a byte order mark, other columns, empty lines, physical line numbers")
    func csv() throws {
        let text =
            "\u{FEFF}state,\"accountID\",ScreenName\r\ndone,12,alice\r\n\r\n,\"\",\"Bob\"\r\nx,1,\"with \"\"quotes\"\"\"\r\n"
            + "\"two\nlines\",3,carol\ndone,abc,dave\ndone\na,b,c,d\nz,9,eve"
        for size in [1, 2, 3, 7, 1000] {
            let batch = try Self.decode(.csv(CSVDecoder()), text, chunk: size)
            #expect(
                batch.rows.map { "\($0.line) \($0.user.screenName) \($0.user.accountID?.digits ?? "-")" } == [
                    "2 alice 12", "4 bob -", "6 carol 3", "11 eve 9",
                ])
            #expect(
                batch.invalid.map { "\($0.line) \($0.reason)" } == [
                    "5 invalidScreenName", "8 invalidAccountID", "9 malformedRow", "10 malformedRow",
                ])
        }
    }

    @Test("NDJSON: each line is judged by itself")
    func ndjson() throws {
        let lines = [
            #"{"screenName":"Alice","accountID":"9007199254740993"}"#, "", #"{"screenName":"b b"}"#, "{", "[]", "\"x\"",
            #"{"screenName":null}"#, #"{"screenName":"c","accountID":7}"#, #"{"screenName":"d","x":1}"#,
            #"{"accountID":"1"}"#, #"{"screenName":"e","screenName":"f"}"#, #" {"screenName":"g"} "# + "\r",
        ]
        for size in [1, 5, 1000] {
            let batch = try Self.decode(.ndjson(NDJSONDecoder()), lines.joined(separator: "\n"), chunk: size)
            #expect(batch.rows.map(\.line) == [1, 12])
            #expect(batch.rows.first?.user.accountID?.digits == "9007199254740993")
            #expect(batch.invalid.map(\.line) == [3, 4, 5, 6, 7, 8, 9, 10, 11])
            #expect(batch.invalid.first == InvalidRow(line: 3, value: "b b", reason: .invalidScreenName))
            #expect(Set(batch.invalid.dropFirst().map(\.reason)) == [.malformedRow])
        }
    }

    @Test(
        "of a row that is refused, that row is shown and nothing after it",
        arguments: [#"{"a":"}]\"}"}"#, "[[1],{}]", "{}", #"["\#(String(repeating: "x", count: 100))"]"#])
    func shown(row: String) throws {
        let rows = try JSONDocument(parsing: Array("[\(row),{\"screenName\":\"next\"}]".utf8)).root
        var batch = ImportBatch()
        for (index, row) in rows.elements.enumerated() { batch.judge(row, line: index + 1) }
        #expect(batch.invalid.map(\.value) == [String(row.prefix(64))])
        #expect(batch.rows.count == 1)
    }

    @Test("a line beyond the limit is one invalid row, and reading goes on after it")
    func longLines() throws {
        let long = String(repeating: "x", count: 10_000)
        for size in [1, 100, 100_000] {
            let ndjson = try Self.decode(
                .ndjson(NDJSONDecoder()), "{\"screenName\":\"a\"}\n\(long)\n{\"screenName\":\"b\"}", chunk: size)
            #expect(ndjson.rows.map(\.line) == [1, 3])
            #expect(ndjson.invalid.map(\.reason) == [.lineTooLong])
            #expect(ndjson.invalid.first?.value.count == 64)
            let csv = try Self.decode(
                .csv(CSVDecoder()), "screenName\na\n\(long)\nb\n\"\(String(repeating: "y\n", count: 5000))\nc",
                chunk: size)
            #expect(csv.rows.map(\.line).prefix(2) == [2, 4])
            #expect(csv.invalid.first == InvalidRow(line: 3, value: long, reason: .lineTooLong))
        }
    }

    @Test(
        "a CSV without the column cannot be read",
        arguments: ["", "\n", "name\na", "screenName,screenname\na,b", "\"screenName\na"])
    func header(text: String) {
        #expect(throws: ImportError.self) { try Self.decode(.csv(CSVDecoder()), text, chunk: 3) }
    }

    @Test("random bytes are read without a trap, and each line gives at most one row")
    func noise() throws {
        let seed: UInt64 = 11
        var random = SplitMix64(seed: seed)
        let alphabet = Array("ab,\"\r\n{}:\u{FEFF} _9\\".utf8)
        for _ in 0..<500 {
            let noise = (0..<300).map { _ in alphabet[Int.random(in: alphabet.indices, using: &random)] }
            let text = Array("screenName,accountID\n".utf8) + noise
            var decoders: [ImportDecoder] = [.csv(CSVDecoder()), .ndjson(NDJSONDecoder())]
            for position in decoders.indices {
                var batch = ImportBatch()
                try text.withUnsafeBytes { try decoders[position].push($0, into: &batch) }
                try decoders[position].finish(into: &batch)
                let lines = batch.rows.map(\.line) + batch.invalid.map(\.line)
                #expect(Set(lines).count == lines.count, "seed \(seed)")
            }
        }
    }

    private static func decode(_ decoder: ImportDecoder, _ text: String, chunk: Int) throws -> ImportBatch {
        var decoder = decoder
        var batch = ImportBatch()
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            try bytes[start..<min(start + chunk, bytes.count)].withUnsafeBytes { try decoder.push($0, into: &batch) }
        }
        try decoder.finish(into: &batch)
        return batch
    }
}
