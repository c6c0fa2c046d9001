package dev.weir.profile;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A regular expression from outside that can neither run forever nor overflow the stack.
///
/// `java.util.regex` backtracks and recurses; this counts the characters it looks at and turns both
/// into an [InvalidPatternException]. Used by one thread.
///
/// The bound is on each text and on all together, since a profile has millions of names.
final class BoundedPattern {
    private static final int MAX_LENGTH = 1_000;
    private static final int STEPS_PER_TEXT = 200_000;
    private static final long STEPS_AT_ONCE = 100_000_000;
    private static final long STEPS_EARNED_BY_TEXT = 1_000;

    private final Pattern pattern;
    private long stepsLeft = STEPS_AT_ONCE;

    BoundedPattern(String expression, int flags) throws InvalidPatternException {
        if (expression.length() > MAX_LENGTH) {
            throw new InvalidPatternException(
                    expression, "longer than " + MAX_LENGTH + " characters", -1);
        }
        try {
            this.pattern = Pattern.compile(expression, flags);
        } catch (PatternSyntaxException e) {
            throw new InvalidPatternException(expression, e.getDescription(), e.getIndex());
        } catch (StackOverflowError e) {
            throw tooDeep(expression);
        }
    }

    boolean find(String text) throws InvalidPatternException {
        return apply(text, false);
    }

    boolean matches(String text) throws InvalidPatternException {
        return apply(text, true);
    }

    private boolean apply(String text, boolean whole) throws InvalidPatternException {
        stepsLeft += STEPS_EARNED_BY_TEXT;
        CountedText counted = new CountedText(text, Math.min(STEPS_PER_TEXT, stepsLeft));
        try {
            var matcher = pattern.matcher(counted);
            boolean found = whole ? matcher.matches() : matcher.find();
            stepsLeft -= counted.steps;
            return found;
        } catch (OutOfStepsException e) {
            throw new InvalidPatternException(
                    pattern.pattern(), "takes too long on the names of this profile", -1);
        } catch (StackOverflowError e) {
            throw tooDeep(pattern.pattern());
        }
    }

    private static InvalidPatternException tooDeep(String expression) {
        return new InvalidPatternException(expression, "is nested too deeply", -1);
    }

    private static final class OutOfStepsException extends RuntimeException {
        private static final long serialVersionUID = 1;

        OutOfStepsException() {
            super("out of steps", null, false, false);
        }
    }

    private static final class CountedText implements CharSequence {
        private final String text;
        private final long mostSteps;
        private int steps;

        CountedText(String text, long mostSteps) {
            this.text = text;
            this.mostSteps = mostSteps;
        }

        @Override
        public char charAt(int index) {
            if (++steps > mostSteps) {
                throw new OutOfStepsException();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
