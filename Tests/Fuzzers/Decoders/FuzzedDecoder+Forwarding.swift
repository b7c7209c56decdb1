import HTTPTypes
import Node

/// What one node passes on to another on behalf of a client.
extension FuzzedDecoder {
    /// A call with its number. What becomes of it is a request that a client might have sent.
    static let forwardedCall = FuzzedDecoder("forwarded-call") { bytes throws(BrokenPromise) in
        guard let (number, rest) = CallNumber.take(from: bytes), let call = ForwardedCall(encoded: rest) else { return }
        try expect(number.bytes + call.encoded() == bytes, "a call is written as it was read")
        guard let head = call.head else { return }
        try expect(head.method.rawValue == call.method, "a call keeps its method")
        try expect(head.headerFields.count <= call.headers.count, "a call gets no headers that it had not")
        try expect(
            head.headerFields.allSatisfy { HTTPField.isValidValue($0.value) }, "no header of a call ends before its end"
        )
        _ = try? RequestTarget(head.path ?? "/")
    }

    /// An answer with the number of its call.
    static let forwardedAnswer = FuzzedDecoder("forwarded-answer") { bytes throws(BrokenPromise) in
        guard let (number, rest) = CallNumber.take(from: bytes), let answer = ForwardedAnswer(encoded: rest) else {
            return
        }
        try expect(number.bytes + answer.encoded() == bytes, "an answer is written as it was read")
        guard case .answered(let status, _, _, _) = answer else { return }
        try expect((200...599).contains(status), "an answer is a final one")
    }
}
