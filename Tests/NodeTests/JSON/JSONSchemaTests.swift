import Node
import Testing

@Suite("A body of the wrong shape is refused with 400 or 422, and the field is named")
struct JSONSchemaTests {
    static let schema = JSONSchema.object([
        .required("screenName", .string(.screenName)),
        .optional("count", .integer(1...10)),
        .optional("release", .boolean),
        .optional("capability", .object([.optional("maxBuckets", .integer(1...100))])),
        .optional("users", .oneOf([.array(of: .string(.screenName), count: 0...3), .string(.oneOf(["unmarked"]))])),
    ])

    @Test(
        "wrong types, null included, are 400",
        arguments: [
            ("[]", ""), ("null", ""), (#""a""#, ""), (#"{"screenName":1}"#, "screenName"),
            (#"{"screenName":null}"#, "screenName"), (#"{"screenName":"a","count":"1"}"#, "count"),
            (#"{"screenName":"a","count":null}"#, "count"), (#"{"screenName":"a","release":0}"#, "release"),
            (#"{"screenName":"a","capability":[]}"#, "capability"),
            (#"{"screenName":"a","capability":{"maxBuckets":true}}"#, "capability.maxBuckets"),
            (#"{"screenName":"a","users":[1]}"#, "users[0]"), (#"{"screenName":"a","users":{}}"#, "users"),
            (#"{"unknown":1,"count":"1"}"#, "count"),
        ])
    func wrongType(text: String, field: String) {
        let problem = Self.problem(text)
        #expect(problem?.status == 400)
        #expect(problem?.slug == .invalidRequest)
        #expect(problem?.field ?? "" == field)
    }

    @Test(
        "missing, unknown and out-of-range fields are 422",
        arguments: [
            ("{}", "screenName"), (#"{"screenName":""}"#, "screenName"),
            (#"{"screenName":"sixteen_letters_"}"#, "screenName"), (#"{"screenName":"a","count":0}"#, "count"),
            (#"{"screenName":"a","count":11}"#, "count"), (#"{"screenName":"a","count":1.5}"#, "count"),
            (#"{"screenName":"a","count":1e99}"#, "count"), (#"{"screenName":"a","x":1}"#, "x"),
            (#"{"screenName":"a","capability":{"maxBuckets":0}}"#, "capability.maxBuckets"),
            (#"{"screenName":"a","capability":{"y":0}}"#, "capability.y"),
            (#"{"screenName":"a","users":["a","b c"]}"#, "users[1]"),
            (#"{"screenName":"a","users":["a","b","c","d"]}"#, "users"),
            (#"{"screenName":"a","users":"marked"}"#, "users"),
        ])
    func invalid(text: String, field: String) {
        let problem = Self.problem(text)
        #expect(problem?.status == 422)
        #expect(problem?.slug == .invalidFields)
        #expect(problem?.field == field)
    }

    @Test("where a word or a list may stand, another word is told of both")
    func eitherOr() {
        let problem = Self.problem(#"{"screenName":"a","users":"all"}"#)
        #expect(problem?.detail == #"users must be an array or "unmarked"."#)
    }

    @Test(
        "what fits is taken",
        arguments: [
            #"{"screenName":"a"}"#, #"{"count":10,"screenName":"fifteen_letters"}"#,
            #"{"screenName":"a","users":"unmarked","capability":{}}"#, #"{"screenName":"a","users":[]}"#,
        ])
    func fits(text: String) {
        #expect(Self.problem(text) == nil)
    }

    @Test("text that is not JSON is 400 and names the place, where there is one")
    func notJSON() {
        #expect(Self.problem(#"{"users":[1,}"#)?.slug == .invalidRequest)
        #expect(Self.problem(#"{"users":[1,}"#)?.field == "users[1]")
        #expect(Self.problem("{")?.field == nil)
    }

    private static func problem(_ text: String) -> Problem? {
        do {
            try schema.check(JSONDocument(parsing: Array(text.utf8)).root)
            return nil
        } catch let error as JSONSyntaxError {
            return Problem(error)
        } catch let error as JSONFieldError {
            return Problem(error)
        } catch {
            Issue.record(error)
            return nil
        }
    }
}

@Suite("Two bodies are the same when they are the same as parsed JSON")
struct JSONDigestTests {
    @Test(
        "white space, order of keys, escapes and spelling of numbers do not matter",
        arguments: [
            (#"{"a":1,"b":[1,2]}"#, "{ \"b\" : [1.0, 20e-1],\n\"a\":1e0 }"), (#"{"é":"A"}"#, #"{"\u00e9":"\u0041"}"#),
            ("{}", " { } "), ("[100]", "[1e2]"), ("[0]", "[-0.0e5]"), ("[0.10]", "[1e-1]"),
        ])
    func same(left: String, right: String) throws {
        #expect(try Self.digest(left) == Self.digest(right))
    }

    @Test(
        "everything else does",
        arguments: [
            (#"{"a":1}"#, #"{"a":"1"}"#), (#"{"a":1}"#, "{}"), ("[1,2]", "[2,1]"), ("[1]", "[-1]"), ("[1]", "[10]"),
            ("[9007199254740993]", "[9007199254740992]"), (#"{"a":null}"#, "{}"), ("[[]]", "[{}]"),
        ])
    func different(left: String, right: String) throws {
        #expect(try Self.digest(left) != Self.digest(right))
    }

    private static func digest(_ text: String) throws -> [UInt8] {
        try JSONDocument(parsing: Array(text.utf8)).root.canonicalDigest
    }
}
