import Node
import SeededRandom
import Testing

@Suite("A JSON text is read exactly")
struct JSONParserTests {
    @Test(
        "texts outside the grammar are refused, with the offence",
        arguments: [
            ("", JSONSyntaxError.Reason.unexpectedEnd), (" ", .unexpectedEnd), ("{", .unexpectedEnd),
            ("[1,", .unexpectedEnd), ("[1,]", .unexpectedByte), ("{\"a\":1,}", .unexpectedByte),
            ("{a:1}", .unexpectedByte), ("{'a':1}", .unexpectedByte), ("[1 2]", .unexpectedByte),
            ("nul", .unexpectedEnd), ("nulL", .unexpectedByte), ("NaN", .unexpectedByte),
            ("Infinity", .unexpectedByte), ("-Infinity", .invalidNumber), ("+1", .unexpectedByte),
            (".5", .unexpectedByte), ("1.", .unexpectedEnd), ("1.x", .invalidNumber), ("01", .invalidNumber),
            ("-01", .invalidNumber), ("1e", .unexpectedEnd), ("1e+", .unexpectedEnd), ("0x10", .trailingBytes),
            ("1 1", .trailingBytes), ("{} {}", .trailingBytes), ("[]\u{0}", .trailingBytes),
            ("\"a", .unexpectedEnd), ("\"\u{1}\"", .controlCharacter), ("\"a\nb\"", .controlCharacter),
            ("\"\\x\"", .invalidEscape), ("\"\\u12g4\"", .invalidEscape), ("\"\\ud800\"", .unpairedSurrogate),
            ("\"\\ud800\\u0041\"", .unpairedSurrogate), ("\"\\udc00\"", .unpairedSurrogate),
            ("{\"a\":1,\"a\":2}", .duplicateKey), ("{\"a\":1,\"\\u0061\":2}", .duplicateKey),
            ("\u{FEFF}{}", .unexpectedByte), ("// c\n{}", .unexpectedByte),
        ])
    func refused(text: String, reason: JSONSyntaxError.Reason) {
        let error = #expect(throws: JSONSyntaxError.self) { try JSONDocument(parsing: Array(text.utf8)) }
        #expect(error?.reason == reason)
    }

    @Test(
        "bytes that are not UTF-8 are refused",
        arguments: [
            [0xFF], [0xC0, 0xAF], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
            [0xF5, 0x80, 0x80, 0x80], [0x80], [0xE2, 0x82], [0xE2, 0x28, 0xA1],
        ] as [[UInt8]])
    func notUTF8(bytes: [UInt8]) {
        let error = #expect(throws: JSONSyntaxError.self) {
            try JSONDocument(parsing: [UInt8(ascii: "\"")] + bytes + [UInt8(ascii: "\"")])
        }
        #expect(error?.reason == .invalidUTF8)
    }

    @Test("32 levels are read, 33 are not")
    func depth() throws {
        func nested(_ levels: Int) -> [UInt8] {
            Array(String(repeating: "[", count: levels).utf8) + Array(String(repeating: "]", count: levels).utf8)
        }
        _ = try JSONDocument(parsing: nested(32))
        let error = #expect(throws: JSONSyntaxError.self) { try JSONDocument(parsing: nested(33)) }
        #expect(error?.reason == .tooDeep)
        #expect(throws: JSONSyntaxError.self) { try JSONDocument(parsing: nested(1_000_000)) }
    }

    @Test(
        "what was written is read back",
        arguments: ["", "a", "é", "\u{1F600}", "\"\\/\u{8}\u{C}\n\r\t\u{7F}", "日本語の名前です"])
    func strings(text: String) throws {
        var writer = JSONWriter()
        writer.object { $0.field("text", text) }
        #expect(try JSONDocument(parsing: writer.bytes).root["text"]?.string == text)
    }

    @Test("escapes are resolved, surrogate pairs joined")
    func escapes() throws {
        let text = #"["\"\\\/\b\f\n\r\t", "\u0041\u00e9\ud83d\ude00", "plain text of more than sixteen bytes"]"#
        let strings = try JSONDocument(parsing: Array(text.utf8)).root.elements.map(\.string)
        #expect(strings == ["\"\\/\u{8}\u{C}\n\r\t", "Aé😀", "plain text of more than sixteen bytes"])
    }

    @Test("every 64-bit integer survives; a fraction is no integer")
    func numbers() throws {
        let text = "[9223372036854775807,-9223372036854775808,9007199254740993,3.0,2e3,1.5,1e400,-0,12e-1,120e-1]"
        let numbers = try JSONDocument(parsing: Array(text.utf8)).root.elements.map { $0.number?.integer }
        #expect(numbers == [.max, .min, 9_007_199_254_740_993, 3, 2000, nil, nil, 0, nil, 12])
    }

    @Test("an object's members keep their order, whatever their number; a late duplicate is found")
    func members() throws {
        let keys = (0..<200).map { "key\($0)" }
        let text = "{" + keys.map { "\"\($0)\":[\"\($0)\"]" }.joined(separator: ",") + "}"
        let root = try JSONDocument(parsing: Array(text.utf8)).root
        #expect(root.members.map(\.key.text) == keys)
        #expect(root["key137"]?.elements.map(\.string) == ["key137"])
        #expect(root["key200"] == nil)
        let doubled = text.dropLast() + ",\"key42\":1}"
        let error = #expect(throws: JSONSyntaxError.self) { try JSONDocument(parsing: Array(doubled.utf8)) }
        #expect(error?.reason == .duplicateKey)
    }

    @Test("an error names the place by its path")
    func path() {
        let text = #"{"users":[{"screenName":"a"},{"screenName":tru}]}"#
        let error = #expect(throws: JSONSyntaxError.self) { try JSONDocument(parsing: Array(text.utf8)) }
        #expect(error?.path.description == "users[1].screenName")
        #expect(error?.offset == 46)
    }

    @Test("any prefix of a text, and any byte of it changed, is read or refused but never trapped on")
    func mutations() {
        let seed: UInt64 = 7
        var random = SplitMix64(seed: seed)
        let text = Array(#"{"a":[1,-2.5e3,"x\u00e9\ud83d\ude00é",true,false,null,{}],"b":{"c":[[],[{"d":""}]]}}"#.utf8)
        var accepted = 0
        for length in 0...text.count where (try? JSONDocument(parsing: Array(text.prefix(length)))) != nil {
            accepted += 1
        }
        #expect(accepted == 1, "only the whole is a text, seed \(seed)")
        for _ in 0..<20_000 {
            var changed = text
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                changed[Int.random(in: changed.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            guard let document = try? JSONDocument(parsing: changed) else { continue }
            #expect(document.root.canonicalDigest.count == 32)
        }
    }
}
