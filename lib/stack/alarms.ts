import { Duration } from "aws-cdk-lib";
import type { HttpStage } from "aws-cdk-lib/aws-apigatewayv2";
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { Topic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import type { FunctionName } from "../api/routes.ts";
import { FUNCTIONS } from "./needs.ts";

const PERIOD = Duration.minutes(5);
/** Answers of 500 and above in five minutes: one is a glitch that the caller retries, five are a trouble. */
const SERVER_ERRORS = 5;

/**
 * The few alarms that mean somebody has to look: a function that ended without an answer of its own (a fault is an answer),
 * a function that was not run at all, and answers of 500 and above.
 *
 * @param topicArn where they are sent; without it they show in the console only
 */
export function alarms(
  scope: Construct,
  functions: Readonly<Record<FunctionName, IFunction>>,
  stage: HttpStage,
  topicArn: string | undefined,
): void {
  const room = new Construct(scope, "Alarms");
  const action = topicArn === undefined ? undefined : new SnsAction(Topic.fromTopicArn(room, "Topic", topicArn));
  const alarm = (id: string, metric: IMetric, threshold: number, alarmDescription: string) => {
    const made = new Alarm(room, id, {
      metric,
      threshold,
      alarmDescription,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    if (action !== undefined) made.addAlarmAction(action);
  };
  const options = { period: PERIOD, statistic: "Sum" };
  for (const name of FUNCTIONS) {
    alarm(`${name}-errors`, functions[name].metricErrors(options), 1, `${name} crashed or timed out`);
    alarm(
      `${name}-throttles`,
      functions[name].metricThrottles(options),
      1,
      `${name} was refused by Lambda's concurrency limit`,
    );
  }
  alarm("server-errors", stage.metricServerError(options), SERVER_ERRORS, "The API answers 500 and above");
}
