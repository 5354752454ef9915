import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { firstPage, Frame } from './frame.js';
import { useSpeech } from './language.js';
import { Empty, Title, Waiting } from './pieces/show.js';
import { useSession } from './session.js';

// Each role loads its own pages only.
const QueuePage = lazy(() => import('./pages/queue.js'));
const CasePage = lazy(() => import('./pages/case.js'));
const TodayPage = lazy(() => import('./pages/today.js'));
const MyCasesPage = lazy(() => import('./pages/my-cases.js'));
const NewPlanPage = lazy(() => import('./pages/new-plan.js'));
const ProjectsPage = lazy(() => import('./pages/projects.js'));
const ProjectPlanPage = lazy(() => import('./pages/project-plan.js'));
const ProjectPage = lazy(() => import('./pages/project.js'));
const WizardPage = lazy(() => import('./pages/wizard.js'));
const AccountPage = lazy(() => import('./pages/account.js'));
const PlanSheetPage = lazy(() => import('./pages/plan-sheet.js'));
const AllCasesPage = lazy(() => import('./pages/all-cases.js'));
const SystemsPage = lazy(() => import('./pages/systems.js'));
const AgenciesPage = lazy(() => import('./pages/agencies.js'));
const SearchPage = lazy(() => import('./pages/search.js'));
const ObligationsPage = lazy(() => import('./pages/obligations.js'));
const JointReviewsPage = lazy(() => import('./pages/joint-reviews.js'));
const MySystemsPage = lazy(() => import('./pages/my-systems.js'));
const AuditPage = lazy(() => import('./pages/audit.js'));
const FindingsPage = lazy(() => import('./pages/findings.js'));
const TimePage = lazy(() => import('./pages/time.js'));
const PublicPage = lazy(() => import('./pages/public.js'));
const ClustersPage = lazy(() => import('./pages/clusters.js'));
const StatisticsPage = lazy(() => import('./pages/statistics.js'));
const PreliminaryReviewsPage = lazy(() => import('./pages/preliminary-reviews.js'));
const RulesPage = lazy(() => import('./pages/rules.js'));
const HolidaysPage = lazy(() => import('./pages/holidays.js'));
const ThesaurusPage = lazy(() => import('./pages/thesaurus.js'));
const UsersPage = lazy(() => import('./pages/users.js'));
const PermissionsPage = lazy(() => import('./pages/permissions.js'));
const IntegrationsPage = lazy(() => import('./pages/integrations.js'));
const HelpPage = lazy(() => import('./pages/help.js'));
const HealthPage = lazy(() => import('./pages/health.js'));

export function App() {
  const { me, is } = useSession();
  return (
    <Frame>
      <Suspense fallback={<Waiting />}>
        <Switch>
          <Route path="/">
            <Redirect to={firstPage(is)} replace />
          </Route>
          <Route path="/queue" component={QueuePage} />
          <Route path="/cases" component={AllCasesPage} />
          <Route path="/cases/:id/:tab?">{({ id, tab }) => <CasePage key={id} id={id} tab={tab} />}</Route>
          <Route path="/today" component={TodayPage} />
          <Route path="/my-cases" component={MyCasesPage} />
          <Route path="/plans/new" component={NewPlanPage} />
          <Route path="/projects" component={ProjectsPage} />
          <Route path="/projects/:id/plan">{({ id }) => <ProjectPlanPage key={id} id={id} />}</Route>
          <Route path="/projects/:id">{({ id }) => <ProjectPage key={id} id={id} />}</Route>
          <Route path="/wizard" component={WizardPage} />
          <Route path="/account" component={AccountPage} />
          <Route path="/plans/sheet" component={PlanSheetPage} />
          <Route path="/systems/:id?">{({ id }) => <SystemsPage id={id} />}</Route>
          <Route path="/agencies" component={AgenciesPage} />
          <Route path="/search" component={SearchPage} />
          <Route path="/obligations" component={ObligationsPage} />
          <Route path="/joint-reviews" component={JointReviewsPage} />
          <Route path="/my-systems" component={MySystemsPage} />
          <Route path="/audit/:tab?">{({ tab }) => <AuditPage tab={tab} />}</Route>
          <Route path="/findings" component={FindingsPage} />
          <Route path="/time" component={TimePage} />
          <Route path="/public" component={PublicPage} />
          <Route path="/clusters" component={ClustersPage} />
          <Route path="/statistics" component={StatisticsPage} />
          <Route path="/preliminary-reviews" component={PreliminaryReviewsPage} />
          <Route path="/rules" component={RulesPage} />
          <Route path="/holidays" component={HolidaysPage} />
          <Route path="/thesaurus" component={ThesaurusPage} />
          <Route path="/users" component={UsersPage} />
          <Route path="/permissions" component={PermissionsPage} />
          <Route path="/integrations" component={IntegrationsPage} />
          <Route path="/help">
            <HelpPage roles={me.roles} />
          </Route>
          <Route path="/health" component={HealthPage} />
          <Route>
            <NoSuchPage />
          </Route>
        </Switch>
      </Suspense>
    </Frame>
  );
}

function NoSuchPage() {
  const { t } = useSpeech();
  return (
    <>
      <Title>{t('그런 화면이 없습니다', 'There is no such page')}</Title>
      <Empty title={t('주소를 확인하십시오.', 'Check the address.')}>
        <p>{t('위의 메뉴에서 찾아가실 수 있습니다.', 'The menu above leads everywhere.')}</p>
      </Empty>
    </>
  );
}
