import Checks
import Coordinator
import Node
import Testing

@Suite("A bearer token is read exactly")
struct TokenTests {
    static let secret = String(repeating: "aZ9-_", count: 9)

    @Test("a client's and an operator's token")
    func wellFormed() throws {
        let hash = try #require(SecretHash(ofSecret: Self.secret.utf8))
        let id = try #require(ClientID("1234567890123456789"))
        #expect(Caller(authorization: "Bearer 1234567890123456789.\(Self.secret)") == .client(id, hash))
        #expect(Caller(authorization: "bearer op-root.\(Self.secret)") == .operator(name: "root", hash))
        #expect(Caller(authorization: "BEARER  op-a-1.\(Self.secret)") == .operator(name: "a-1", hash))
    }

    @Test(
        "everything else is nobody",
        arguments: [
            "", "Bearer", "Bearer ", "Basic 1.\(secret)", "Bearer 1", "Bearer 1.", "Bearer .\(secret)",
            "Bearer 0.\(secret)", "Bearer 01.\(secret)", "Bearer 12345678901234567890.\(secret)", "Bearer -1.\(secret)",
            "Bearer +1.\(secret)", "Bearer 1.\(secret.prefix(42))", "Bearer 1.\(secret)\(secret)\(secret)",
            "Bearer 1.\(secret)=", "Bearer 1.\(secret).x", "Bearer op-.\(secret)", "Bearer op-A.\(secret)",
            "Bearer operator.\(secret)", "Bearer 1 .\(secret)", "Bearer 1.\(secret) ", "Bearer ١.\(secret)",
        ])
    func malformed(field: String) {
        #expect(Caller(authorization: field) == .nobody)
    }

    @Test("secrets of 43 and 128 characters are the limits")
    func lengths() {
        let long = String(repeating: "x", count: 128)
        #expect(Caller(authorization: "Bearer 1.\(long)") != .nobody)
        #expect(Caller(authorization: "Bearer 1.\(long)x") == .nobody)
        #expect(Caller(authorization: "Bearer 1.\(long.prefix(43))") != .nobody)
    }

    @Test("the hash is SHA-256 and compares by all of its bytes")
    func hash() throws {
        let one = try #require(SecretHash(ofSecret: String(repeating: "a", count: 43).utf8))
        let other = try #require(SecretHash(ofSecret: String(repeating: "b", count: 43).utf8))
        #expect(one.matches(one))
        #expect(!one.matches(other))
        #expect(one.bytes.prefix(4) == [0x66, 0xD3, 0x4F, 0xBA])
    }
}
